select e.unit, e.event_name, e.occurred, u."a ""property""" as by1, CAST(EXTRACT(MONTH FROM CAST(u."a 'date'" AS DATE)) AS BIGINT) as by2
from (
  select cast("the ""unit""" as varchar) as unit, '''; drop table x; --' as event_name, cast("at ""times""" as timestamp) as occurred from "marts"."b"
  union all
  select cast("the ""unit""" as varchar) as unit, 'it''s' as event_name, cast(null as timestamp) as occurred from "marts"."a ""table"""
) e
left join "marts"."it's ""users""" u on cast(u."the ""key""" as varchar) = e.unit
order by e.unit
