namespace Sluice.IntegrationTests.Models;

/// <summary>A small project as dbt's users write it, without a <c>sluice.yaml</c>, through the real command.</summary>
public sealed class DbtProjectTests : IDisposable
{
    private readonly SluiceProject _project = new("jaffle");

    public DbtProjectTests()
    {
        _project.Write(
            "dbt_project.yml",
            "name: jaffle\nversion: '1.0'\nconfig-version: 2\nprofile: jaffle\nmodels: {jaffle: {staging: {+materialized: view}}}\nvars: {least: 0}\n"
        );
        _project.Write(
            "seeds/raw_orders.csv",
            "id,user_id,ordered,state\n1,1,2018-01-01,sent\n2,3,2018-01-02,done\n3,1,2018-01-04,done\n"
        );
        _project.Write(
            "seeds/raw_payments.csv",
            "id,order_id,method,amount\n1,1,card,1000\n2,2,coupon,2000\n3,3,card,100\n"
        );
        _project.Write(
            "models/staging/stg_orders.sql",
            "with source as (\n    {#- renamed -#}\n    select * from {{ ref('raw_orders') }}\n)\nselect id as order_id, user_id, ordered, state from source\n"
        );
        _project.Write(
            "models/staging/stg_payments.sql",
            "select order_id, method, {{ cents('amount') }} as amount from {{ ref('raw_payments') }} where amount >= {{ var('least') }}\n"
        );
        _project.Write(
            "macros/cents.sql",
            "{% macro cents(column, digits=2) %}round({{ column }} / 100, {{ digits }}){% endmacro %}\n"
        );
        _project.Write(
            "models/orders.sql",
            """
            {% set methods = ['card', 'coupon'] %}
            select orders.order_id, orders.user_id, orders.ordered, orders.state,
                {%- for method in methods %}
                sum(case when method = '{{ method }}' then amount else 0 end) as {{ method }}_amount,
                {%- endfor %}
                sum(amount) as amount
            from {{ ref('stg_orders') }} as orders
            left join {{ ref('stg_payments') }} as payments using (order_id)
            group by all
            """
        );
        WriteProperties(severity: "warn", expected: 7);
        _project.Write("tests/no_negative.sql", "select * from {{ ref('orders') }} where amount < 0\n");
    }

    [Fact]
    public void It_runs_unchanged_and_a_second_time_nothing_is_left_to_do()
    {
        var run = Model().Done();

        Assert.Contains("orders                                   3 rows", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["1,1,2018-01-01,sent,10,0,10", "2,3,2018-01-02,done,0,20,20", "3,1,2018-01-04,done,1,0,1"],
            _project.Query("select * from orders order by order_id").Select(Plain)
        );
        Assert.Contains("has it already", Model().Done().Output, StringComparison.Ordinal);
        Assert.Contains("nothing to do", _project.Run("model", "plan").Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_seed_builds_what_reads_it()
    {
        Model().Done();
        _project.Write("seeds/raw_payments.csv", "id,order_id,method,amount\n1,1,card,500\n");

        var plan = _project.Run("model", "plan", "--format", "csv").Done().Output.ReplaceLineEndings("\n");

        Assert.Equal(
            """
            model,materialized,action,why
            raw_orders,seed,keep,nothing changed
            raw_payments,seed,build,file changed
            stg_orders,view,keep,nothing changed
            stg_payments,view,build,changed: raw_payments
            orders,table,build,changed: stg_payments

            """.ReplaceLineEndings("\n"),
            plan
        );
    }

    [Fact]
    public void A_test_that_fails_publishes_nothing_and_shows_the_rows()
    {
        Model().Done();
        _project.Write("seeds/raw_orders.csv", "id,user_id,ordered,state\n1,1,2018-01-01,sent\n1,3,2018-01-02,done\n");

        var run = Model();

        Assert.Equal(1, run.Exit);
        Assert.Contains(
            "unique_stg_orders_order_id (models/schema.yml, line 4) failed: 1 row",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("    1             2", run.Error, StringComparison.Ordinal);
        Assert.Equal("3", _project.Value("select count(*) from orders"));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_project.State, "builds")));
    }

    [Fact]
    public void Failing_rows_have_dates_as_everywhere()
    {
        _project.Write("tests/late.sql", "select ordered, order_id from {{ ref('orders') }} where order_id = 2\n");
        var run = Model();
        Assert.Equal(1, run.Exit);
        Assert.Contains("    2018-01-02  2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_there_is_told_with_the_line()
    {
        _project.Write("models/orders.sql", "-- all\nselect *\nfrom {{ ref('stg_order') }}\n");
        Model().Fails(2, "models/orders.sql:3: ref('stg_order') names no model.", "stg_orders");
    }

    [Fact]
    public void Macros_of_dbt_for_several_databases_run()
    {
        _project.Write(
            "models/dates.sql",
            """
            select
                {{ dbt.date_trunc('month', 'ordered') }} as month,
                {{ dbt.dateadd('day', 3, 'ordered') }} as later,
                {{ dbt.datediff('ordered', dbt.dateadd('month', 2, 'ordered'), 'month') }} as months,
                {{ dbt.safe_cast('state', dbt.type_int()) }} as number,
                {{ dbt.concat(['state', dbt.string_literal('!')]) }} as text
            from {{ ref('stg_orders') }}
            where order_id = 3
            """
        );
        Model().Done();
        Assert.Equal(
            "true,true,2,true,done!",
            _project.Value(
                "select (month = date '2018-01-01')::varchar, (later = date '2018-01-07')::varchar, months, (number is null)::varchar, text from dates"
            )
        );
    }

    [Fact]
    public void A_wrong_option_is_answered_with_the_whole_command() =>
        Assert.Contains(
            "'sluice builds list --help'",
            _project.Run("builds", "list", "--nope").Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_warning_is_shown_and_published_and_an_error_is_not()
    {
        _project.Write("seeds/raw_orders.csv", "id,user_id,ordered,state\n1,1,2018-01-01,lost\n");
        var run = Model().Done();
        Assert.Contains(
            "accepted_values_orders_state__sent__done (models/schema.yml, line 9) warns: 1 row",
            run.Error,
            StringComparison.Ordinal
        );

        WriteProperties(severity: "error", expected: 7);
        Assert.Equal(1, Model().Exit);
    }

    [Fact]
    public void A_unit_test_that_fails_stops_its_model()
    {
        WriteProperties(severity: "warn", expected: 8);

        var run = Model();

        Assert.Equal(1, run.Exit);
        Assert.Contains("expected, not given  1         5              8", run.Error, StringComparison.Ordinal);
        Assert.Contains("given, not expected  1         5              7", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_models_and_targets_are_chosen_on_the_command_line()
    {
        Model().Done();
        var render = _project.Run("model", "render", "stg_payments", "--vars", "{least: 7}").Done();
        Assert.Contains("where amount >= 7", render.Output, StringComparison.Ordinal);

        var run = Model("--select", "stg_payments+", "--vars", "{least: 200}", "--threads", "2").Done();

        Assert.Contains("stg_payments                             2 rows", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("stg_orders ", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "null",
            _project.Value("select coalesce(cast(amount as varchar), 'null') from orders where order_id = 3")
        );
    }

    [Fact]
    public void Builds_are_listed_shown_and_promoted()
    {
        Model("--date", "2015-05-01").Done();
        Model("--date", "2015-05-02", "--full-refresh").Done();
        Assert.Equal(
            "Build 3 is current: the tables of build 1, of 2015-05-01.",
            _project.Run("builds", "promote", "1").Done().Output.Trim()
        );

        var list = _project.Run("builds", "list", "--format", "csv").Done().Output.Split('\n');

        Assert.StartsWith("3,2015-05-01,", list[1], StringComparison.Ordinal);
        Assert.Contains(",current,", list[1], StringComparison.Ordinal);
        Assert.DoesNotContain("current", list[2], StringComparison.Ordinal);
        Assert.Contains(",as 3,", list[3], StringComparison.Ordinal);
        Assert.Contains(
            "orders,",
            _project.Run("builds", "show", "2", "--format", "csv").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Equal(2, _project.Run("builds", "promote", "9").Exit);
    }

    [Fact]
    public void Times_of_a_seed_are_the_instants_that_their_offsets_say()
    {
        _project.Write(
            "seeds/times.csv",
            "id,t\n1,2026-01-01T10:00:00Z\n2,2026-01-01 10:00:00+02:00\n3,2026-01-01 10:00\n"
        );

        _project.Run("model").Done();

        Assert.Equal(["1,10", "2,8", "3,10"], _project.Query("select id, hour(t) from times order by id"));
    }

    [Theory]
    [InlineData("seeds/twice.csv", "id,ID\n1,2\n", "the file has the column 'id' twice")]
    [InlineData("models/asks.sql", "select ? as a", "the statement has a parameter")]
    public void What_is_wrong_with_a_file_fails_its_model_alone(string file, string text, string message)
    {
        _project.Write(file, text);

        _project.Run("model").Fails(1, message, file);
    }

    [Fact]
    public void A_selection_may_begin_with_an_at_sign() =>
        Assert.Contains(
            "orders",
            _project.Run("model", "plan", "--select", "@orders").Done().Output,
            StringComparison.Ordinal
        );

    public void Dispose() => _project.Dispose();

    private CliResult Model(params string[] options) => _project.Run(["model", .. options]);

    private static string Plain(string row) => row.Replace(".0", "", StringComparison.Ordinal);

    private void WriteProperties(string severity, int expected) =>
        _project.Write(
            "models/schema.yml",
            $$$"""
            version: 2
            models:
              - name: stg_orders
                columns: [{name: order_id, data_tests: [unique, not_null]}]
              - name: orders
                description: One row per order.
                columns:
                  - name: state
                    data_tests: [{accepted_values: {values: [sent, done], config: { severity: {{{severity}}} } } }]
                  - name: order_id
                    data_tests: [{relationships: {to: "ref('stg_orders')", field: order_id}}]
            unit_tests:
              - name: amounts_add_up
                model: orders
                given:
                  - input: ref('stg_orders')
                    rows: [{order_id: 1, user_id: 7}]
                  - input: ref('stg_payments')
                    format: csv
                    rows: |
                      order_id,method,amount
                      1,coupon,5
                      1,card,2
                expect: {rows: [{order_id: 1, coupon_amount: 5, amount: {{{expected}}} }]}
            """
        );
}
