select count(*) from (select "the ""key""" from "marts"."it's ""users""" group by "the ""key""" having count(*) > 1)
