namespace Sluice.Core.Reports;

/// <summary>The style sheet of <see cref="FunnelHtml"/>.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--paper:#fff;--ground:#f4f6f8;--ink:#16202a;--quiet:#5d6b78;--rule:#dfe5ea;--accent:#0b7285;--up:#18794e;--down:#c0362c;--warn:#fff6e5;--warn-rule:#e6a23c}
        @media (prefers-color-scheme:dark){:root{--paper:#141b22;--ground:#0d1217;--ink:#e6edf3;--quiet:#9aa8b5;--rule:#2a3540;--accent:#3bb3c6;--up:#4cc38a;--down:#ff8b7e;--warn:#2b2414;--warn-rule:#b27a1c}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
        main{max-width:960px;margin:0 auto;padding:32px 20px 48px}
        header{padding:0 4px}
        .kicker{margin:0 0 4px;color:var(--accent);font-size:13px;font-weight:600;letter-spacing:.02em}
        h1{margin:0 0 10px;font-size:clamp(24px,4.5vw,34px);line-height:1.2;letter-spacing:-.01em;overflow-wrap:anywhere;text-wrap:balance}
        h2{margin:0 0 14px;font-size:18px;line-height:1.3;overflow-wrap:anywhere}
        .question{margin:0 0 10px;font-size:17px;overflow-wrap:anywhere}
        .name{font-weight:600;overflow-wrap:anywhere}
        .rules{margin:0 0 20px;padding-left:18px;color:var(--quiet);font-size:14px}
        section,.figures>div{background:var(--paper);border:1px solid var(--rule);border-radius:10px}
        section{margin:16px 0 0;padding:20px}
        .lead{margin:-8px 0 16px;color:var(--quiet);font-size:14px}
        .warnings{margin:0 0 16px;padding:14px 20px;background:var(--warn);border-color:var(--warn-rule)}
        .warnings h2{margin:0 0 4px;font-size:15px}
        .warnings ul{margin:0;padding-left:18px;font-size:14px;overflow-wrap:anywhere}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:0}
        .figures>div{padding:12px 16px 14px}
        .figures dt{color:var(--quiet);font-size:13px}
        .figures dd{margin:0}
        .figures b{display:block;font-size:26px;line-height:1.3;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums;white-space:nowrap}
        .figures small{display:block;color:var(--quiet);font-size:12.5px}
        .chart{margin:0 0 18px}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:10px 36px}
        .scroll{overflow-x:auto;margin:0 -20px;padding:0 20px}
        .scroll:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
        table{width:100%;border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
        th,td{padding:7px 0 7px 14px;text-align:right;white-space:nowrap;border-top:1px solid var(--rule);font-weight:400;vertical-align:top}
        th:first-child,td:first-child{padding-left:0}
        thead th{border-top:0;white-space:normal;line-height:1.3;color:var(--quiet);font-size:12.5px;vertical-align:bottom}
        th.text{text-align:left}
        tbody th.text{font-weight:600}
        tbody th.long{white-space:normal;min-width:12em;max-width:20em;overflow-wrap:break-word}
        .better{color:var(--up)}
        .worse{color:var(--down)}
        details{margin-top:14px;border-top:1px solid var(--rule);padding-top:12px}
        summary{cursor:pointer;color:var(--accent);font-size:14px;font-weight:600}
        details[open] summary{margin-bottom:10px}
        .notes,.provenance{margin:0;font-size:14px}
        .notes>div,.provenance>div{display:grid;grid-template-columns:9em 1fr;gap:0 16px;padding:4px 0}
        .notes dt,.provenance dt{color:var(--quiet)}
        .notes dd,.provenance dd{margin:0;overflow-wrap:anywhere}
        footer{margin:24px 4px 0;color:var(--quiet)}
        footer h2{margin-bottom:8px;font-size:14px}
        .provenance{font-size:12.5px}
        @media (max-width:560px){main{padding:20px 12px 32px}section{padding:16px}.scroll{margin:0 -16px;padding:0 16px}.notes>div,.provenance>div{grid-template-columns:1fr}.figures{grid-template-columns:1fr 1fr;gap:8px}.figures>div{padding:10px 12px}.figures b{font-size:22px}}
        @media print{body{background:none}section,.figures>div{break-inside:avoid}}
        """;
}
