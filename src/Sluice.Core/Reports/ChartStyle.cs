namespace Sluice.Core.Reports;

/// <summary>The style sheet of <see cref="SvgChart"/>: once in a page, whose text colour the charts take.</summary>
public static class ChartStyle
{
    /// <summary>The rules, for light and for dark. They hold within a chart alone.</summary>
    public const string Css = """
        .sluice-chart{--bar:#0b7285;--estimate:#b45309;--up:#18794e;--down:#c0362c;--quiet:#5d6b78;--track:#eef2f5;--paper:#fff;display:block;overflow:visible;font:13px/1.2 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
        .sluice-chart text{fill:currentColor;white-space:pre}
        .sluice-chart .name{font-size:14px;font-weight:600}
        .sluice-chart .value{font-size:14px;font-weight:600}
        .sluice-chart .note{font-size:12px;font-weight:400;fill:var(--quiet)}
        .sluice-chart .bar{fill:var(--bar)}
        .sluice-chart .rest{fill:var(--quiet)}
        .sluice-chart .small{fill-opacity:.45}
        .sluice-chart .track{fill:var(--track)}
        .sluice-chart .lost{fill:var(--track)}
        .sluice-chart .hatch{stroke:var(--bar);stroke-opacity:.45;stroke-width:3}
        .sluice-chart .whisker{stroke:currentColor;stroke-width:1.5}
        .sluice-chart .all{stroke:currentColor;stroke-width:1;stroke-dasharray:3 3}
        .sluice-chart .grid{stroke:var(--quiet);stroke-opacity:.3}
        .sluice-chart .band{fill:var(--bar);fill-opacity:.16}
        .sluice-chart .line{fill:none;stroke:var(--bar);stroke-width:2;vector-effect:non-scaling-stroke}
        .sluice-chart .line.open{stroke-dasharray:5 4}
        .sluice-chart .point{fill:var(--bar);stroke:var(--bar);stroke-width:2}
        .sluice-chart .point.open{fill:var(--paper)}
        .sluice-chart .estimate{fill:var(--estimate);stroke:var(--estimate)}
        .sluice-chart .volume{fill:var(--quiet);fill-opacity:.55}
        .sluice-chart .volume.open{fill-opacity:.25}
        .sluice-chart .accent{fill:var(--bar)}
        .sluice-chart .guess{fill:var(--estimate)}
        .sluice-chart .faint{fill:var(--quiet)}
        .sluice-chart .better{fill:var(--up)}
        .sluice-chart .worse{fill:var(--down)}
        @media (prefers-color-scheme:dark){.sluice-chart{--bar:#2f9fb2;--estimate:#f0a84a;--up:#4cc38a;--down:#ff8b7e;--quiet:#9aa8b5;--track:#222c36;--paper:#141b22}}
        """;
}
