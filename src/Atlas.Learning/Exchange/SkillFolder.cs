using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Exchange;

/// <summary>A playbook as a skill: a folder with <c>SKILL.md</c> that coding agents read when its description fits their task.</summary>
public static class SkillFolder
{
    /// <summary>The longest name that the format allows.</summary>
    public const int MaxName = 64;

    /// <summary>The longest description that the format allows.</summary>
    public const int MaxDescription = 1024;

    /// <summary>Keeps the body below the format's 5,000 tokens, at four letters each.</summary>
    public const int MaxBody = 16_000;

    /// <summary>Returns the files of the skill, by their path in the folder.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="version">The version to write.</param>
    /// <param name="playbook">Its content; a skill contains the student's part.</param>
    public static ImmutableSortedDictionary<string, string> Write(string learningKey, int version, LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        ArgumentNullException.ThrowIfNull(playbook);
        var entries = (playbook.Entries.IsDefault ? [] : playbook.Entries).Where(entry => entry.Role == "student").Select(EntryWords.Of).ToArray();
        var preface = playbook.IsRendered ? playbook.StudentPreface : playbook.StudentText;
        var (kept, rest) = Split(preface.Trim(), entries);
        var body = new StringBuilder();
        body.Append("# ").Append(OneLine(learningKey)).Append("\n\nLearned from sessions of this kind of task. Follow what applies.\n");
        Section(body, null, kept.Preface);
        Section(body, kept.Entries.Length > 0 ? "Rules" : null, string.Join('\n', kept.Entries));
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var part = 0; part < rest.Length; part++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"references/rules-{part + 1}.md");
            files[name] = rest[part] + "\n";
            body.Append(part == 0 ? "\n## Further rules\n\n" : "").Append(CultureInfo.InvariantCulture, $"- [{name}]({name})\n");
        }

        files["SKILL.md"] = Head(learningKey, version, playbook, entries.Length) + body;
        return files.ToImmutable();
    }

    /// <summary>Returns the name of a key's skill: lower-case letters, digits and hyphens.</summary>
    public static string NameOf(string learningKey)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var name = new StringBuilder();
        foreach (var letter in learningKey.ToLowerInvariant())
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : name.Length > 0 && name[^1] != '-' ? '-' : "");
        }

        var text = name.ToString().Trim('-');
        return text.Length == 0 ? "atlas-playbook" : text.Length <= MaxName ? text : text[..MaxName].TrimEnd('-');
    }

    private static string Head(string learningKey, int version, LearnedPlaybook playbook, int entries)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"What was learned for {OneLine(learningKey)}: {entries} rules from the outcomes of sessions. Use it for every task of this kind.");
        return $"""
            ---
            name: {NameOf(learningKey)}
            description: {Quoted(about.Length <= MaxDescription ? about : about[..MaxDescription])}
            metadata:
              learning_key: {Quoted(learningKey)}
              version: "{version.ToString(CultureInfo.InvariantCulture)}"
              sha256: "{PlaybookContentHash.Compute(playbook)}"
            ---


            """.ReplaceLineEndings("\n");
    }

    private static ((string Preface, string[] Entries) Kept, string[] Further) Split(string preface, string[] entries)
    {
        var room = MaxBody - 1000;
        var keptPreface = preface.Length <= room ? preface : "";
        room -= keptPreface.Length;
        var kept = entries.TakeWhile(entry => (room -= entry.Length + 1) >= 0).ToArray();
        var rest = new List<string>();
        if (keptPreface.Length < preface.Length)
        {
            rest.AddRange(preface.Chunk(MaxBody).Select(part => new string(part)));
        }

        var part = new StringBuilder();
        foreach (var entry in entries.Skip(kept.Length))
        {
            if (part.Length + entry.Length > MaxBody)
            {
                rest.Add(part.ToString().TrimEnd('\n'));
                part.Clear();
            }

            part.Append(entry).Append('\n');
        }

        if (part.Length > 0)
        {
            rest.Add(part.ToString().TrimEnd('\n'));
        }

        return ((keptPreface, kept), [.. rest]);
    }

    private static void Section(StringBuilder body, string? title, string text)
    {
        if (text.Length > 0)
        {
            body.Append('\n').Append(title is null ? "" : $"## {title}\n\n").Append(text).Append('\n');
        }
    }

    private static string Quoted(string text) => $"\"{OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
