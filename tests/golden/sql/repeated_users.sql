select count(*) from (select "the ""key""" from "marts"."it's ""users""" where "the ""key""" is not null group by "the ""key""" having count(*) > 1)
