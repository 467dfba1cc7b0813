using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Exchange;

/// <summary>Reads what other tools have learned, as entries to be reviewed.</summary>
public static partial class ForeignPlaybooks
{
    /// <summary>The longest rule; longer ones are cut and marked as such.</summary>
    public const int MaxRule = 2000;

    private static readonly string[] MemoryMembers = ["memory", "text", "content", "data"];
    private static readonly string[] ListMembers = ["results", "memories", "bullets", "data"];

    /// <summary>Reads a text in any of these forms: bullets of ACE (<c>[id] helpful=… harmful=… :: text</c>), memories of Mem0 as JSON, a
    /// skill's <c>SKILL.md</c>, or a list with one rule per line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from; kept with the entries.</param>
    /// <returns>The entries, in the order of the text, without duplicates.</returns>
    /// <exception cref="PlaybookFormatException">The text contains no rule.</exception>
    public static ImmutableArray<PlaybookEntry> Read(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(source);
        var plain = text.ReplaceLineEndings("\n").TrimStart('\uFEFF');
        var rules = Memories(plain) ?? Bullets(plain) ?? Lines(plain);
        var entries = rules.Where(rule => !string.IsNullOrWhiteSpace(rule.Text)).Select(rule => Entry(rule, source)).DistinctBy(EntryIds.Of).ToImmutableArray();
        return entries.IsEmpty
            ? throw new PlaybookFormatException("The text contains no rule. Expected bullets such as '[id] helpful=2 harmful=0 :: text', memories as JSON, a SKILL.md, or one rule per line.")
            : entries;
    }

    private static PlaybookEntry Entry(Rule rule, string source)
    {
        var text = Spaces().Replace(rule.Text.Trim(), " ");
        var metadata = new Dictionary<string, JsonElement> { ["source"] = JsonSerializer.SerializeToElement(source, AtlasJson.Options) };
        if (rule.Id is not null)
        {
            metadata["source_id"] = JsonSerializer.SerializeToElement(rule.Id, AtlasJson.Options);
        }

        if (rule.Helpful is not null || rule.Harmful is not null)
        {
            metadata["helpful"] = JsonSerializer.SerializeToElement(rule.Helpful ?? 0, AtlasJson.Options);
            metadata["harmful"] = JsonSerializer.SerializeToElement(rule.Harmful ?? 0, AtlasJson.Options);
        }

        text = text.Length <= MaxRule ? text : text[..(MaxRule - 1)] + "…";
        var own = Own().Match(text);
        var (when, then) = own.Success ? (own.Groups["when"].Value, own.Groups["then"].Value) : Cue(text);
        var entry = new PlaybookEntry
        {
            Audience = "student",
            Cue = new EntryCue { Type = "keyword", Pattern = when, Description = when },
            Action = new EntryAction { Imperative = then, RuntimeHandle = own.Groups["tool"] is { Success: true } tool ? tool.Value : null },
            ExpectedEffect = own.Groups["expect"].Value,
            Scope = new EntryScope { Category = "reinforcement", Constraints = own.Groups["limits"].Value, AppliesWhen = rule.Section ?? "" },
            Metadata = metadata,
        };
        return entry with { Id = EntryIds.Derive(entry) };
    }

    /// <summary>Splits a rule of the form "when …: …" or "if …, then …" into cue and action.</summary>
    private static (string When, string Then) Cue(string text) => When().Match(text) is { Success: true } said
        ? (said.Groups["when"].Value.Trim(), said.Groups["then"].Value.Trim())
        : ("", text);

    private static IReadOnlyList<Rule>? Memories(string text)
    {
        if (text.TrimStart() is not (['{', ..] or ['[', ..]) || text.TrimStart().StartsWith("[", StringComparison.Ordinal) && Bullet().IsMatch(text))
        {
            return null;
        }

        JsonElement root;
        try
        {
            root = JsonElement.Parse(text);
        }
        catch (JsonException wrong)
        {
            // Lists can begin with a bracket, too.
            return text.TrimStart()[0] == '{'
                ? throw new PlaybookFormatException(string.Create(CultureInfo.InvariantCulture, $"The text begins like JSON but is not valid: line {wrong.LineNumber + 1}, column {wrong.BytePositionInLine + 1}."), wrong)
                : null;
        }

        if (root.ValueKind is JsonValueKind.Object && ListMembers.FirstOrDefault(name => root.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array) is { } member)
        {
            root = root.GetProperty(member);
        }

        return [.. (root.ValueKind is JsonValueKind.Array ? root.EnumerateArray() : new[] { root }.AsEnumerable()).Select(Memory).OfType<Rule>()];
    }

    private static Rule? Memory(JsonElement one)
    {
        if (one.ValueKind is JsonValueKind.String)
        {
            return new Rule(SafeJson.Text(one) ?? "");
        }

        if (one.ValueKind is not JsonValueKind.Object || MemoryMembers.Select(name => JsonRead.Text(one, name)).FirstOrDefault(text => text is not null) is not { } text)
        {
            return null;
        }

        return new Rule(text)
        {
            Id = JsonRead.Text(one, "id"),
            Section = JsonRead.Text(one, "section"),
            Helpful = Count(one, "helpful"),
            Harmful = Count(one, "harmful"),
        };
    }

    private static int? Count(JsonElement one, string name) =>
        one.TryGetProperty(name, out var count) && count.ValueKind is JsonValueKind.Number && count.TryGetInt32(out var number) ? number : null;

    private static IReadOnlyList<Rule>? Bullets(string text)
    {
        var rules = new List<Rule>();
        string? section = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith('#'))
            {
                section = line.TrimStart('#', ' ').Trim();
            }
            else if (Bullet().Match(line) is { Success: true } bullet)
            {
                rules.Add(new Rule(bullet.Groups["text"].Value)
                {
                    Id = bullet.Groups["id"].Value,
                    Section = section,
                    Helpful = Number(bullet.Groups["helpful"]),
                    Harmful = Number(bullet.Groups["harmful"]),
                });
            }
            else if (rules.Count > 0 && line.StartsWith("  ", StringComparison.Ordinal) && line.Trim().Length > 0)
            {
                // A bullet that continues on the next line.
                rules[^1] = rules[^1] with { Text = rules[^1].Text + " " + line.Trim() };
            }
        }

        return rules.Count == 0 ? null : rules;
    }

    private static List<Rule> Lines(string text)
    {
        var rules = new List<Rule>();
        string? section = null;
        var (lines, fenced) = (WithoutHead(text).Split('\n'), false);
        var listed = lines.Any(line => ListItem().IsMatch(line));
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }

            if (fenced || line.TrimStart() is ['|' or '>' or '`', ..])
            {
                continue;
            }

            if (line.StartsWith('#'))
            {
                section = line.TrimStart('#', ' ').Trim();
            }
            else if (ListItem().Match(line) is { Success: true } item)
            {
                if (!LinkOnly().IsMatch(item.Groups["text"].Value))
                {
                    rules.Add(new Rule(item.Groups["text"].Value) { Section = section });
                }
            }
            else if (listed && rules.Count > 0 && line.StartsWith("  ", StringComparison.Ordinal) && line.Trim().Length > 0)
            {
                rules[^1] = rules[^1] with { Text = rules[^1].Text + " " + line.Trim() };
            }
            else if (!listed && line.Trim().Length > 0)
            {
                rules.Add(new Rule(line) { Section = section });
            }
        }

        return rules;
    }

    /// <summary>Returns the text without the front matter between <c>---</c> lines that a skill begins with.</summary>
    private static string WithoutHead(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            return text;
        }

        var end = text.IndexOf("\n---", 3, StringComparison.Ordinal);
        return end < 0 ? text : text[(end + 4)..];
    }

    private static int? Number(Group group) => int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\s*(?:[-*]\s+)?\[(?<id>[^\]\s]{1,100})\]\s*(?:helpful=(?<helpful>\d{1,9})\s*)?(?:harmful=(?<harmful>\d{1,9})\s*)?::\s*(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\s{0,8}(?:[-*+•]|\d{1,4}[.)])\s+(?<text>\S.*)$")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"^\[[^\]]*\]\([^)]*\)$")]
    private static partial Regex LinkOnly();

    [GeneratedRegex(@"^(?:when|if)\s+(?<when>[^:,]{3,300})(?::|,\s+then)\s+(?<then>\S.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex When();

    // As EntryWords writes an entry.
    [GeneratedRegex(@"^(?:When: (?<when>.+?)\.? )?Do: (?<then>.+?)(?: Tool: (?<tool>[^ ]+?)\.?)?(?: Expect: (?<expect>.+?))?(?: Limits: (?<limits>.+))?$", RegexOptions.Singleline)]
    private static partial Regex Own();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed record Rule(string Text)
    {
        public string? Id { get; init; }

        public string? Section { get; init; }

        public int? Helpful { get; init; }

        public int? Harmful { get; init; }
    }
}
