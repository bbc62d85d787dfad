namespace Sluice.Core.Docs;

/// <summary>The style sheet of <see cref="DocsPage"/>, after that of every page.</summary>
internal static class DocsStyle
{
    public const string Css = """
        :root{--source:#5d6b78;--seed:#8a6d1f;--model:#0b7285}
        @media (prefers-color-scheme:dark){:root{--source:#9aa8b5;--seed:#d9b44a;--model:#3bb3c6}}
        main{max-width:1100px}
        a{color:var(--accent)}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.93em}
        h3{margin:20px 0 6px;font-size:14px}
        .node{scroll-margin-top:12px}
        .node:target{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
        .node .kicker{margin:0}
        .node h2{margin:0 0 8px}
        .kicker.source{color:var(--source)}
        .kicker.seed{color:var(--seed)}
        .prose{margin:0 0 10px;max-width:46em;overflow-wrap:anywhere}
        .lead.below{margin:0 0 10px}
        .node>.notes{margin:0 0 4px}
        .notes>div{padding:2px 0}
        .graph-frame{overflow:auto;max-height:72vh;margin:0 -20px 16px;padding:0 12px;border-block:1px solid var(--rule);background:var(--ground)}
        .graph-frame:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
        .graph{display:block;font:13px/1 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        .graph .edge{fill:none;stroke:var(--quiet);stroke-opacity:.55;stroke-width:1.25}
        .graph .box rect{fill:var(--paper);stroke:var(--model);stroke-width:1.25}
        .graph .box.source rect{stroke:var(--source);stroke-dasharray:4 3}
        .graph .box.seed rect{stroke:var(--seed)}
        .graph .box text{fill:var(--ink);font-size:12.2px}
        .graph .box:hover rect,.graph .box:focus-visible rect{stroke-width:2.5}
        .graph.lit .edge{stroke-opacity:.12}
        .graph.lit .edge.near{stroke:var(--accent);stroke-opacity:1;stroke-width:2}
        .graph .away{opacity:.22}
        .search{margin:0 0 12px}
        .search label{display:block;color:var(--quiet);font-size:13px}
        .search input{width:100%;max-width:30em;margin-top:4px;padding:8px 10px;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--rule);border-radius:8px}
        .index{columns:15em;column-gap:24px;margin:0;padding:0;list-style:none;font-size:14px}
        .index li{break-inside:avoid;overflow-wrap:anywhere}
        .index small{color:var(--quiet)}
        .index .away{display:none}
        [hidden]{display:none}
        .words th,.words td{text-align:left;white-space:normal;padding-right:6px}
        .words td{overflow-wrap:anywhere;min-width:6em}
        .words td:nth-child(1){min-width:9em}
        .words small{display:block;color:var(--quiet)}
        .words .type{width:9em;color:var(--quiet)}
        .state{white-space:normal}
        td .state.passed{color:var(--up)}
        td .state.warned{color:var(--warn-rule)}
        td .state.failed{color:var(--down);font-weight:600}
        td .state.unknown{color:var(--quiet)}
        pre{margin:0;padding:12px;overflow-x:auto;background:var(--ground);border-radius:8px;line-height:1.45;tab-size:4}
        @media (max-width:560px){.graph-frame{margin:0 -16px 16px;max-height:60vh}.node .notes>div{grid-template-columns:6.5em 1fr;gap:0 8px}}
        @media print{.graph-frame{max-height:none;overflow:visible}}
        """;
}
