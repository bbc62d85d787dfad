select e.unit, e.event_name, e.occurred, u."sex" as by1, u."channel" as by2
from (
  select cast("user_id" as varchar) as unit, 'step5' as event_name, cast(null as timestamp) as occurred from "marts"."step5_fact"
  union all
  select cast("user_id" as varchar) as unit, 'step6' as event_name, cast(null as timestamp) as occurred from "marts"."step6_fact"
) e
left join "marts"."dim_user" u on cast(u."user_id" as varchar) = e.unit
order by e.unit
