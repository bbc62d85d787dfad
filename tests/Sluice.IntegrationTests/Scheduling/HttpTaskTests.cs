using System.Text;
using static Sluice.IntegrationTests.Scheduling.UserDags;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary><c>http</c> tasks that are sent to a server.</summary>
public sealed class HttpTaskTests
{
    [Fact]
    public async Task A_request_has_its_method_headers_body_and_params()
    {
        await using var server = new WebServer(answer => WebServer.Say(answer, "text/plain", "received"u8.ToArray()));
        using var project = ProjectWith(
            $$$"""
            d:
              schedule: none
              params: { country: CH }
              tasks:
                t:
                  http: "{{{server.Address}}}/days/{{ ds }}?country={{ params.country }}"
                  method: PUT
                  headers: { X-Day: "{{ ds_nodash }}", Content-Type: text/csv }
                  body: "day\n{{ ds }}\n"
            """
        );
        var said = Run(project, "--param", "country=DE").Done().Output;

        var asked = Assert.Single(server.Received);
        Assert.Equal(("PUT", "/days/2015-05-01?country=DE"), (asked.Method, asked.Path));
        Assert.Equal(("20150501", "text/csv"), (asked.Headers["X-Day"], asked.Headers["Content-Type"]));
        Assert.Equal("day\n2015-05-01\n", asked.Body);
        Assert.Contains("received", said, StringComparison.Ordinal);
        Assert.DoesNotContain("country=", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "GET", null)]
    [InlineData(", body: '{}'", "POST", "application/json; charset=utf-8")]
    public async Task A_body_is_posted_as_json(string keys, string method, string? type)
    {
        await using var server = new WebServer();
        using var project = ProjectOf(server.Address, keys);
        Run(project).Done();

        var asked = Assert.Single(server.Received);
        Assert.Equal((method, type), (asked.Method, asked.Headers.GetValueOrDefault("Content-Type")));
    }

    [Theory]
    [InlineData(304)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_status_that_is_none_of_success_fails_it(int status)
    {
        await using var server = new WebServer(answer => answer.StatusCode = status);
        using var project = ProjectOf($"{server.Address}/x?key=secret");

        var failed = Run(project).Fails(1, $"GET {server.Address}/x was answered with {status}.");
        Assert.DoesNotContain("secret", failed.Output + failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        await using var end = new WebServer(answer => WebServer.Say(answer, "text/plain", "the end"u8.ToArray()));
        await using var server = new WebServer(answer => answer.Redirect($"{end.Address}/there"));
        using var project = ProjectOf(server.Address);

        Assert.Contains("the end", Run(project).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_that_go_in_a_circle_fail_it()
    {
        await using var server = new WebServer(answer => answer.Redirect("/again"));
        using var project = ProjectOf(server.Address);

        Run(project).Fails(1, "was answered with 302.", "redirects");
    }

    [Theory]
    [InlineData("text/plain; charset=utf8", new byte[] { 0xC3, 0xBC, 0xFF }, "ü\uFFFD")]
    [InlineData("text/plain; charset=\"no such thing\"", new byte[] { 0xC3, 0xBC }, "ü")]
    [InlineData("text/plain; charset=utf-7", new byte[] { 0xC3, 0xBC }, "ü")]
    [InlineData("text/plain; charset=iso-8859-1", new byte[] { 0xFC }, "ü")]
    [InlineData("nothing that is a type;;", new byte[] { 0xC3, 0xBC }, "ü")]
    public async Task Whatever_charset_an_answer_names_it_is_an_answer(string type, byte[] body, string expected)
    {
        await using var server = new WebServer(answer => WebServer.Say(answer, type, body));
        using var project = ProjectOf(server.Address, ", body: '{}', retries: 3, retry_delay: 0s");

        Assert.Contains(expected, Run(project).Done().Output, StringComparison.Ordinal);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Of_a_long_answer_the_beginning_is_shown()
    {
        await using var server = new WebServer(answer =>
            WebServer.Say(answer, "text/plain", Encoding.UTF8.GetBytes(new string('€', 1_000_000)))
        );
        using var project = ProjectOf(server.Address);

        var said = Run(project).Done().Output;
        Assert.Contains(new string('€', 1_000) + "…", said, StringComparison.Ordinal);
        Assert.DoesNotContain("\uFFFD", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("shop.example:8080")]
    [InlineData("ftp://shop.example")]
    [InlineData("http://[")]
    [InlineData("")]
    public void An_address_that_comes_to_no_url_fails_it_in_words(string host)
    {
        using var project = ProjectWith(
            "d: { schedule: none, params: { h: x }, tasks: { t: { http: \"{{ params.h }}/foo?key=secret\" } } }"
        );

        var failed = Run(project, "--param", $"h={host}").Fails(1, $"'{host}/foo' is no URL.", "https://host/path");
        Assert.DoesNotContain("secret", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_with_a_line_break_is_not_sent()
    {
        await using var server = new WebServer();
        using var project = ProjectWith(
            $$$"""d: { schedule: none, params: { x: y }, tasks: { t: { http: "{{{server.Address}}}", headers: { X-Of: "{{ params.x }}" } } } }"""
        );
        Run(project, "--param", "x=a\nb").Fails(1, "The header X-Of has a line break");

        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        var server = new WebServer();
        await server.DisposeAsync();
        using var project = ProjectOf(server.Address.Replace("//", "//user:word@", StringComparison.Ordinal));

        var failed = Run(project).Fails(1, $"GET {server.Address}/ failed: ");
        Assert.DoesNotContain("word@", failed.Error, StringComparison.Ordinal);
    }

    private static SluiceProject ProjectOf(string url, string keys = "") =>
        ProjectWith($"d: {{ schedule: none, tasks: {{ t: {{ http: \"{url}\"{keys} }} }} }}");

    private static CliResult Run(SluiceProject project, params string[] options) =>
        project.Run(["tasks", "run", "d", "t", "--date", SluiceProject.Day, .. options]);
}
