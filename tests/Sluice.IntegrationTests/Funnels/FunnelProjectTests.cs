using System.Globalization;
using System.Text.Json;

namespace Sluice.IntegrationTests.Funnels;

/// <summary><c>sluice funnel</c> in a project with users, odd values and files that are broken or gone.</summary>
public sealed class FunnelProjectTests(FunnelProjectTests.Odd odd) : IClassFixture<FunnelProjectTests.Odd>
{
    [Theory]
    [InlineData("inf_date", "2015-02-03")]
    [InlineData("year:inf_date", "2015-01-01")]
    [InlineData("inf_time", "2015-02-03T00:00:00Z")]
    [InlineData("quarter:inf_time", "2015-01-01")]
    [InlineData("week:last_time", "9999-12-27")]
    public void A_date_outside_of_the_calendar_is_unknown_to_every_engine(string by, string known)
    {
        var expected = odd.Project.Query(
            $"""
            select if({by[
                (by.IndexOf(':', StringComparison.Ordinal) + 1)..
            ]} between '0001-01-01' and '9999-12-31 23:59:59.999999+00', '{known}', '') as period,
              count(distinct user_id)
            from fact_page_visit join odd_user using (user_id) group by period order by period desc
            """
        );
        foreach (var engine in new[] { "index", "sql", "reference" })
        {
            Assert.Equal(
                expected,
                odd.Project.Run("funnel", "--steps", "*,*", "--by", by, "--engine", engine, "--format", "csv")
                    .Done()
                    .Lines.Skip(1)
                    .Select(line => line.Split(','))
                    .Where(cells => cells[1] == "1" && cells[^2] == "segment")
                    .Select(cells => $"{cells[0]},{cells[3]}")
            );
        }
    }

    [Fact]
    public void A_broken_funnel_keeps_only_itself_from_being_asked()
    {
        using var project = odd.Project.Copy();
        project.Write("funnels/bad.yaml", "steps: [a\n");
        project.Write("funnels/wrong.yaml", "steps: [a, b]\nwindow: 14x\n");

        foreach (
            var result in new[]
            {
                project.Run("funnel"),
                project.Run("funnel", "checkout", "--format", "json"),
                project.Run("funnel", "--steps", "step4,step5"),
            }
        )
        {
            Assert.Contains(
                "warning: funnels/bad.yaml:2: this is no YAML",
                result.Done().Error,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "warning: funnels/wrong.yaml:2: '14x' is no duration.",
                result.Error,
                StringComparison.Ordinal
            );
        }

        var asked = project.Run("funnel", "wrong").Fails(2, "funnels/wrong.yaml:2: '14x' is no duration.");
        Assert.DoesNotContain("bad.yaml", asked.Error, StringComparison.Ordinal);
        project.Run("model", "plan").Fails(2, "funnels/bad.yaml:2", "funnels/wrong.yaml:2");
    }

    [Theory]
    [InlineData("index")]
    [InlineData("sql")]
    public void A_copy_that_was_made_after_its_day_is_seen_to_its_last_event(string engine)
    {
        using var project = SluiceProject.Sample(users: 200);
        project.Run("run", "--date", "2015-02-10").Done();
        var last = Assert.Single(project.Query("select max(occurred_at) from fact_page_visit"));

        using var answer = JsonDocument.Parse(
            project.Run("funnel", "checkout", "--engine", engine, "--format", "json").Done().Output
        );

        var watermark = answer.RootElement.GetProperty("provenance").GetProperty("watermark").GetDateTimeOffset();
        Assert.Equal(DateTimeOffset.Parse(last, CultureInfo.InvariantCulture), watermark);
        Assert.True(watermark > new DateTimeOffset(2015, 2, 11, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void An_index_that_was_lost_is_said_to_be_and_how_it_comes_back()
    {
        using var project = odd.Project.Copy();
        Directory.Delete(Path.Combine(project.State, "journeys"), recursive: true);
        var lost = project.Run("funnel", "checkout", "--explain").Done().Output;

        Assert.Contains("engine     SQL", lost, StringComparison.Ordinal);
        Assert.Contains("of build 1 was lost: its folder is not there.", lost, StringComparison.Ordinal);
        Assert.Contains("'sluice run --date 2015-05-01' builds it anew.", lost, StringComparison.Ordinal);

        project.RunDay();
        Assert.Contains(
            "engine     journeys index",
            project.Run("funnel", "checkout", "--explain").Done().Output,
            StringComparison.Ordinal
        );
    }

    public sealed class Odd : IDisposable
    {
        public Odd()
        {
            Project = SluiceProject.Sample(users: 30);
            var definition = File.ReadAllText(Path.Combine(Project.Folder, "sluice.yaml"));
            Project.Write("sluice.yaml", definition.Replace("dim_user_current", "odd_user", StringComparison.Ordinal));
            Project.Write(
                "models/odd_user.sql",
                """
                select user_id, sex, channel, device, date,
                  case user_id % 3 when 0 then date 'infinity' when 1 then date '10000-01-01' else date '2015-02-03' end as inf_date,
                  case user_id % 3 when 0 then timestamptz '-infinity' when 1 then timestamptz '10000-01-01 00:00:00+00'
                    else timestamptz '2015-02-03 00:00:00+00' end as inf_time,
                  timestamptz '9999-12-31 23:59:59.999999+00' as last_time
                from {{ source('app', 'users') }}
                """
            );
            Project.RunDay().Done();
        }

        internal SluiceProject Project { get; }

        public void Dispose() => Project.Dispose();
    }
}
