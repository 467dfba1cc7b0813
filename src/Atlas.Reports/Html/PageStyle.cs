namespace Atlas.Reports.Html;

/// <summary>The style of the page, for light and dark; loads nothing from elsewhere.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --paper: #ffffff; --card: #f5f7fa; --edge: #dde3ea;
          --grid: #e3e8ee; --line: #1f6fb2; --band: #1f6fb233; --dot: #1f6fb266; --mark: #8a4b08; --good: #19703f; --bad: #b3261e; --unsure: #5b6675; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7ecf2; --soft: #a3afbd; --paper: #14181e; --card: #1d232b; --edge: #313a46;
          --grid: #2a323c; --line: #6cb2ee; --band: #6cb2ee33; --dot: #6cb2ee73; --mark: #f0b266; --good: #6fd39a; --bad: #ff8a80; --unsure: #a3afbd; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.3rem; margin: 3rem 0 .75rem; overflow-wrap: anywhere; }
        h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; } p.soft { color: var(--soft); margin: .25rem 0 1rem; }
        a { color: var(--line); } .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .92rem; }
        th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--edge); vertical-align: top; }
        th { color: var(--soft); font-weight: 600; } td.number, th.number { text-align: right; }
        td.name { overflow-wrap: anywhere; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .75rem; margin: 0; padding: 0; list-style: none; }
        .cards li { background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; padding: .75rem 1rem; }
        .cards strong { display: block; } .cards span.why { color: var(--soft); font-size: .88rem; }
        .verdict { display: inline-block; border: 1.5px solid currentColor; border-radius: 1rem; padding: 0 .6rem; font-weight: 600; font-size: .88rem; margin: .25rem 0; }
        .verdict.good { color: var(--good); } .verdict.bad { color: var(--bad); } .verdict.unsure { color: var(--unsure); }
        svg { width: 100%; height: auto; min-width: 40rem; display: block; } svg text { fill: var(--ink); font-size: 13px; }
        .grid { stroke: var(--grid); stroke-width: 1; } .zero { stroke: var(--soft); stroke-width: 1.5; }
        svg .tick { fill: var(--ink); font-size: 12px; } svg .faint, svg .note { fill: var(--soft); font-size: 12px; }
        .band { fill: var(--band); } .means { fill: none; stroke: var(--line); stroke-width: 2.5; stroke-linejoin: round; }
        .mean { fill: var(--line); stroke: var(--paper); stroke-width: 1; } .dot { fill: var(--dot); }
        .mark-line { stroke: var(--mark); stroke-width: 1; stroke-dasharray: 3 4; opacity: .55; }
        svg .mark { fill: var(--mark); font-size: 10px; } svg .mark-name { fill: var(--mark); font-size: 12px; font-weight: 600; }
        .tip { fill: transparent; } .reach { stroke-width: 2.5; }
        .reach.good { stroke: var(--good); } .reach.bad { stroke: var(--bad); } .reach.unsure { stroke: var(--unsure); }
        .centre.good { fill: var(--good); } .centre.bad { fill: var(--bad); } .centre.unsure { fill: var(--unsure); }
        @media print { body { max-width: none; } svg { min-width: 0; } h2 { break-before: page; } }
        """;
}
