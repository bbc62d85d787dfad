-- amount > 0
("e"."amount" > CAST(0 AS BIGINT))
-- 0 < amount
("e"."amount" > CAST(0 AS BIGINT))
-- price = 0.1 and paid = true
((CAST("e"."price" AS DOUBLE) = CAST('0.1' AS DOUBLE)) AND ("e"."paid" = TRUE))
-- page = 'it''s' or page like '/blog/%'
(("e"."page" = 'it''s') OR ("e"."page" LIKE '/blog/%'))
-- page in ('a', 'b', 1)
(("e"."page" IN ('a', 'b') OR CAST(NULL AS BOOLEAN)))
-- amount not in (1, 2, 2.5)
(NOT ("e"."amount" IN (CAST(1 AS BIGINT), CAST(2 AS BIGINT)) OR CAST("e"."amount" AS DOUBLE) IN (CAST('2.5' AS DOUBLE))))
-- occurred_at >= '2015-01-02'
("e"."occurred_at" >= TIMESTAMPTZ '2015-01-02 00:00:00.000000+00')
-- day < '2015-01-02' and day <> '2015-01-02T12:00+01:00'
(("e"."day" < DATE '2015-01-02') AND (TRY_CAST("e"."day" AS TIMESTAMP) <> TIMESTAMP '2015-01-02 11:00:00.000000'))
-- day < occurred_at
(epoch_us(TRY_CAST("e"."day" AS TIMESTAMP)) < epoch_us("e"."occurred_at"))
-- amount = '5'
CAST(NULL AS BOOLEAN)
-- channel = 'mail'
(CASE WHEN json_type(TRY_CAST("e"."properties" AS JSON), '/channel') = 'VARCHAR' THEN json_extract_string(TRY_CAST("e"."properties" AS JSON), '/channel') END = 'mail')
-- "a~/'b" > 5
(CASE WHEN json_type(TRY_CAST("e"."properties" AS JSON), '/a~0~1''b') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN TRY_CAST(json_extract(TRY_CAST("e"."properties" AS JSON), '/a~0~1''b') AS DOUBLE) END > CAST('5' AS DOUBLE))
-- big = 9007199254740993
COALESCE(CASE WHEN json_type(TRY_CAST("e"."properties" AS JSON), '/big') IN ('BIGINT', 'UBIGINT') THEN TRY_CAST(json_extract(TRY_CAST("e"."properties" AS JSON), '/big') AS BIGINT) END = CAST(9007199254740993 AS BIGINT), CASE WHEN json_type(TRY_CAST("e"."properties" AS JSON), '/big') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN TRY_CAST(json_extract(TRY_CAST("e"."properties" AS JSON), '/big') AS DOUBLE) END = CAST('9007199254740992' AS DOUBLE))
-- not channel is null
(NOT (NULLIF(json_type(TRY_CAST("e"."properties" AS JSON), '/channel'), 'NULL') IS NULL))
-- "0" is null
(NULLIF(json_type(CASE WHEN json_type(TRY_CAST("e"."properties" AS JSON)) = 'OBJECT' THEN TRY_CAST("e"."properties" AS JSON) END, '/0'), 'NULL') IS NULL)
-- amount < total
COALESCE("e"."amount" < CASE WHEN json_type(TRY_CAST("e"."properties" AS JSON), '/total') IN ('BIGINT', 'UBIGINT') THEN TRY_CAST(json_extract(TRY_CAST("e"."properties" AS JSON), '/total') AS BIGINT) END, CAST("e"."amount" AS DOUBLE) < CASE WHEN json_type(TRY_CAST("e"."properties" AS JSON), '/total') IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN TRY_CAST(json_extract(TRY_CAST("e"."properties" AS JSON), '/total') AS DOUBLE) END)
