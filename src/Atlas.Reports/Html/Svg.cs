using System.Globalization;
using System.Net;
using System.Text;
using Atlas.Learning.Text;

namespace Atlas.Reports.Html;

/// <summary>Collects the elements of a picture.</summary>
internal sealed class Svg(int width, int height)
{
    private readonly StringBuilder _body = new();

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Add($"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" class="{style}"/>""");

    public void Circle(double x, double y, double radius, string style, string? tip = null) =>
        Add($"""<circle cx="{N(x)}" cy="{N(y)}" r="{N(radius)}" class="{style}">{Tip(tip)}</circle>""");

    public void Rectangle(double x, double y, double wide, double high, string style, string? tip = null) =>
        Add($"""<rect x="{N(x)}" y="{N(y)}" width="{N(wide)}" height="{N(high)}" class="{style}">{Tip(tip)}</rect>""");

    /// <param name="x">The horizontal position.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="style">The classes.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Text(double x, double y, string text, string style, string anchor = "start") =>
        Add($"""<text x="{N(x)}" y="{N(y)}" class="{style}" text-anchor="{anchor}">{Escape(text)}</text>""");

    public void Path(IEnumerable<(double X, double Y)> points, bool closed, string style)
    {
        var steps = points.Select((point, index) => $"{(index == 0 ? 'M' : 'L')}{N(point.X)} {N(point.Y)}");
        Add($"""<path d="{string.Join(' ', steps)}{(closed ? " Z" : "")}" class="{style}"/>""");
    }

    /// <summary>Builds the whole picture, with a description for those who cannot see it.</summary>
    public string Build(string id, string title, string description) =>
        $"""
        <svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-text">
        <title id="{id}-title">{Escape(title)}</title><desc id="{id}-text">{Escape(description)}</desc>
        {_body}</svg>
        """;

    /// <summary>Builds a small picture that a few words can describe.</summary>
    public string BuildNamed(string words, string style) =>
        $"""<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" class="{style}" role="img" aria-label="{Escape(words)}">{_body}</svg>""";

    public static string Escape(string? text) => WebUtility.HtmlEncode(VisibleText.Of(text ?? ""));

    private static string Tip(string? text) => text is null ? "" : $"<title>{Escape(text)}</title>";

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Add(string element) => _body.Append(element).Append('\n');
}
