"""Everything Dagster knows of Chancery, in one place: read this first.

seeds/ → documents → mentions → facts → views → published file. Each layer is a module of ``pipelines/assets``.
"""

import dagster as dg

from pipelines.assets.briefing import briefing
from pipelines.assets.documents import documents, duplicates, reference
from pipelines.assets.exports import exports
from pipelines.assets.facts import facts
from pipelines.assets.mentions import mentions
from pipelines.assets.publishing import publish
from pipelines.assets.views import view_assets
from pipelines.automation import new_seeds, nightly, refresh
from pipelines.checks import sql_checks
from pipelines.warehouse.resource import warehouse_resource

defs = dg.Definitions(
    assets=[documents, duplicates, reference, mentions, *facts, *view_assets, publish, briefing, exports],
    asset_checks=[sql_checks],
    jobs=[refresh],
    sensors=[new_seeds],
    schedules=[nightly],
    resources={"warehouse": warehouse_resource},
    # A process for every step would take two seconds each; what is heavy fans out inside its step.
    executor=dg.in_process_executor,
)
