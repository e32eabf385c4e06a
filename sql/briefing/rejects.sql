-- What was set aside and why, documents and rows. One row per kind and reason.
select 'documents' as what, rejected_documents.reason_code as reason, null as table_name, count(*) as reject_count
from ops.rejected_documents as rejected_documents
group by all
union all
select 'rows', rejected_rows.check_name, rejected_rows.table_name, count(*)
from ops.rejected_rows as rejected_rows
group by all
order by what, reject_count desc, reason, table_name
