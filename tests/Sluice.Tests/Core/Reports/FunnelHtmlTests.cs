using System.Xml.Linq;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;

namespace Sluice.Tests.Core.Reports;

public sealed class FunnelHtmlTests
{
    private const string Hostile = "</title><script>alert(\"x\")</script>'&amp;\n\u0000\u001b[31m\u202Egnp\uD800 ‮";

    [Fact]
    public void The_page_of_an_answer_with_everything() =>
        Golden.Match("reports/checkout.html", Page(SampleAnswers.Full));

    [Fact]
    public void The_page_of_an_answer_without_anything() =>
        Golden.Match("reports/empty.html", Page(SampleAnswers.Empty));

    [Fact]
    public void A_page_is_well_formed_and_needs_nothing_from_elsewhere()
    {
        var page = XDocument.Parse(Page(SampleAnswers.Full));
        var names = page.Descendants().Select(element => element.Name.LocalName).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(names.Intersect(["script", "link", "img", "iframe", "object", "base", "form"]));
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
            attribute =>
                attribute.Name.LocalName is "href" or "src" or "style" or "action"
                || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("@import", Page(SampleAnswers.Full), StringComparison.Ordinal);
        Assert.Equal(
            ["url(#steps-lost)"],
            page.Descendants()
                .Attributes()
                .Select(attribute => attribute.Value)
                .Where(value => value.Contains("url(", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void No_id_is_given_twice()
    {
        var ids = XDocument
            .Parse(Page(SampleAnswers.Full))
            .Descendants()
            .Attributes("id")
            .Select(id => id.Value)
            .ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void A_hostile_name_stays_a_text()
    {
        var plain = XDocument.Parse(Page(SampleAnswers.Named("plain")));
        var hostile = XDocument.Parse(Page(SampleAnswers.Named(Hostile)));
        Assert.Equal(Elements(plain), Elements(hostile));
        Assert.DoesNotContain(
            hostile.ToString(),
            character =>
                (char.IsControl(character) && character is not ('\n' or '\r'))
                || char.IsSurrogate(character)
                || character is '\u202E'
        );
        Assert.Contains("</title><script>alert(\"x\")</script>'&amp; ", hostile.Descendants("h1").Single().Value);

        static IEnumerable<string> Elements(XDocument page) =>
            page.Descendants().Select(element => element.Name.LocalName);
    }

    [Fact]
    public void What_is_no_number_is_a_dash()
    {
        var page = Page(SampleAnswers.WithoutNumbers);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", page, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", page, StringComparison.Ordinal);
        XDocument.Parse(page);
    }

    private static string Page(FunnelAnswer answer)
    {
        using var page = new StringWriter();
        FunnelHtml.Write(answer, page);
        return page.ToString();
    }
}
