"""Assets of the trade and engagement groups: one for each file of ``sql/``, which says all there is to say about its view."""

import dagster as dg

from pipelines.assets.pictures import view_pictures
from pipelines.assets.specs import POOL, lineage_of, preview, view_spec
from pipelines.warehouse import Warehouse
from pipelines.warehouse.connection import single
from pipelines.warehouse.views import View, make_view, views


def view_asset(view: View) -> dg.AssetsDefinition:
    """Return the asset of ``view``."""

    @dg.multi_asset(name=f"{view.schema}__{view.name}", specs=[view_spec(view)], pool=POOL, description=view.description)
    def made(warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
        with warehouse.transaction() as con:
            make_view(con, view)
        row_count = single(warehouse.con, f"select count(*) from {view.address}")
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": row_count,
                "dagster/column_lineage": lineage_of(view),
                "preview": preview(warehouse.con, f"from {view.address}"),
                "query": dg.MetadataValue.md(f"```sql\n{view.query}\n```"),
                **view_pictures(warehouse.con, view.address, row_count),
            }
        )

    return made


view_assets = [view_asset(view) for view in views()]
