using System.Globalization;
using System.Text;
using Sluice.Core.Reports;

namespace Sluice.Core.Docs;

/// <summary>Draws the graph; each box leads to its section.</summary>
internal static class GraphSvg
{
    private const int LongestName = 28;
    private const double Character = 7.4;
    private const double Padding = 12;

    public static void Write(MarkupWriter page, DocsNodes nodes)
    {
        var layout = LayoutOf(nodes);
        var placed = layout.Boxes.ToDictionary(box => box.Id, StringComparer.Ordinal);
        page.Open(
                "div",
                ("class", "graph-frame"),
                ("tabindex", "0"),
                ("role", "group"),
                ("aria-label", "Graph: what reads what, from left to right")
            )
            .Open(
                "svg",
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("class", "graph"),
                ("id", "graph"),
                ("width", Pixels(layout.Width)),
                ("height", Pixels(layout.Height)),
                ("viewBox", $"0 0 {Pixels(layout.Width)} {Pixels(layout.Height)}")
            );
        foreach (var route in layout.Routes)
        {
            page.Empty(
                "path",
                ("class", "edge"),
                ("d", Path(route.Points)),
                ("data-from", route.From),
                ("data-to", route.To)
            );
        }

        foreach (var node in nodes.All)
        {
            Draw(page, node, placed[node.Anchor]);
        }

        page.Close().Close();
    }

    /// <summary>Where everything stands.</summary>
    public static GraphLayout LayoutOf(DocsNodes nodes) =>
        GraphLayout.Of([
            .. nodes.All.Select(node => new GraphNode(
                node.Anchor,
                (VisibleText.Of(node.Title, LongestName).Length * Character) + (2 * Padding),
                node.Kind == DocsKind.Model ? 1 : 0,
                [.. node.Parents.Select(parent => nodes.Get(parent).Anchor)]
            )),
        ]);

    private static void Draw(MarkupWriter page, DocsNode node, GraphBox box)
    {
        page.Open("a", ("href", $"#{node.Anchor}"), ("class", $"box {node.Word}"), ("data-for", node.Anchor))
            .Element("title", $"{node.Word} {node.Title}")
            .Empty(
                "rect",
                ("x", Pixels(box.Left)),
                ("y", Pixels(box.Top)),
                ("width", Pixels(box.Width)),
                ("height", Pixels(GraphBox.Height)),
                ("rx", "6")
            )
            .Element(
                "text",
                VisibleText.Of(node.Title, LongestName),
                ("x", Pixels(box.Left + Padding)),
                ("y", Pixels(box.Middle + 4.5))
            )
            .Close();
    }

    // A curve between two columns, a straight line through a column.
    private static string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{Pixels(points[0].X)} {Pixels(points[0].Y)}");
        for (var i = 1; i < points.Count; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var middle = Pixels((from.X + to.X) / 2);
            _ =
                i % 2 == 0
                    ? path.Append(CultureInfo.InvariantCulture, $"L{Pixels(to.X)} {Pixels(to.Y)}")
                    : path.Append(
                        CultureInfo.InvariantCulture,
                        $"C{middle} {Pixels(from.Y)} {middle} {Pixels(to.Y)} {Pixels(to.X)} {Pixels(to.Y)}"
                    );
        }

        return path.ToString();
    }

    private static string Pixels(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
