select unit, event_name, occurred from (
  select cast("user_id" as varchar) as unit, cast("page" as varchar) as event_name, cast("occurred_at" as timestamp) as occurred from "marts"."fact_page_visit"
) order by unit
