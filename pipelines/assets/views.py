"""Assets of the trade and engagement groups: one for each file of ``sql/``, which says all there is to say about its view."""

from typing import Any

import dagster as dg

from pipelines.assets.specs import POOL, lineage_of, shown_before, shown_rows, view_spec
from pipelines.warehouse import Warehouse
from pipelines.warehouse.refreshes import has_changed
from pipelines.warehouse.views import View, make_view, views


def view_asset(view: View) -> dg.AssetsDefinition:
    """Return the asset of ``view``."""

    @dg.multi_asset(name=f"{view.schema}__{view.name}", specs=[view_spec(view)], pool=POOL, description=view.description)
    def made(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
        with warehouse.transaction() as con:
            is_new = make_view(con, view)
        if not is_new and not has_changed(warehouse.con, context.run.run_id) and (shown := shown_before(context)):
            return dg.MaterializeResult(metadata=shown)
        return dg.MaterializeResult(metadata=_shown(view, warehouse))

    return made


def _shown(view: View, warehouse: Warehouse) -> dict[str, Any]:
    look = warehouse.looks.look_at(warehouse.con, view.address)
    metadata = {
        "preview": shown_rows(look.columns, look.rows),
        "query": dg.MetadataValue.md(f"```sql\n{view.query}\n```"),
        "dagster/column_lineage": lineage_of(view),
    }
    if look.row_count is None:
        return metadata | {"row_count": "Not counted: looking at every view of a warehouse this large would hold the refresh up."}
    from pipelines.assets.pictures import view_pictures

    return metadata | {"dagster/row_count": look.row_count, **view_pictures(warehouse.con, view.address, look.row_count)}


view_assets = [view_asset(view) for view in views()]
