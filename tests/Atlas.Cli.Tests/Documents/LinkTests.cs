using System.Text.RegularExpressions;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing.Documents;
using Xunit;

namespace Atlas.Cli.Tests.Documents;

/// <summary>A link of a page leads somewhere: to a file that is there, and to a heading in it.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> AllPages() => [.. MarkdownPage.All(RepositoryRoot.Path)];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_lead_to_what_is_there(string page)
    {
        var path = Path.Combine(RepositoryRoot.Path, page);
        var broken = Links(File.ReadAllText(path)).Where(link => !Leads(path, link)).ToList();

        Assert.True(broken.Count == 0, $"{page} has links that lead nowhere: {string.Join(", ", broken)}");
    }

    [Fact]
    public void Every_page_of_the_documentation_is_in_its_index()
    {
        var docs = Path.Combine(RepositoryRoot.Path, "docs");
        var index = Links(File.ReadAllText(Path.Combine(docs, "README.md"))).Select(link => Path.GetFullPath(Path.Combine(docs, link))).ToHashSet(StringComparer.Ordinal);

        Assert.All(
            MarkdownPage.All(RepositoryRoot.Path).Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && !page.StartsWith("docs/samples/", StringComparison.Ordinal) && page != "docs/README.md"),
            page => Assert.Contains(Path.Combine(RepositoryRoot.Path, page), index));
    }

    private static IEnumerable<string> Links(string text) => Link().Matches(CodeSpan().Replace(text, ""))
        .Select(match => match.Groups["to"].Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    private static bool Leads(string page, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        return parts.Length == 1
            ? File.Exists(target) || Directory.Exists(target)
            : File.Exists(target) && File.ReadLines(target).Where(line => line.StartsWith('#')).Select(Anchor).Contains(parts[1], StringComparer.Ordinal);
    }

    // As GitHub names a heading.
    private static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?s)^```.*?^```$|`[^`\n]*`", RegexOptions.Multiline)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
