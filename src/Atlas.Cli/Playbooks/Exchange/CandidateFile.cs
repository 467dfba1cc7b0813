using System.Collections.Immutable;
using System.Text;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Exchange;
using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>Reads what other tools have learned: a skill folder, ACE bullets, Mem0 memories, or a list. None of it reaches prompts before
/// somebody has accepted it.</summary>
internal static class CandidateFile
{
    private const string Skill = "SKILL.md";
    private const long MaxBytes = 16 << 20;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the entries in a folder or file; returns null if it is a playbook in Atlas's own format, or does not exist.</summary>
    /// <exception cref="CommandFailedException">It contains no rule, or cannot be read.</exception>
    public static async Task<ImmutableArray<PlaybookEntry>?> ReadAsync(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            return await ReadFolderAsync(path, cancellation);
        }

        if (!File.Exists(path))
        {
            return null;
        }

        var text = await TextAsync(path, cancellation);
        return IsPlaybook(text) ? null : Entries(text, path);
    }

    private static async Task<ImmutableArray<PlaybookEntry>> ReadFolderAsync(string folder, CancellationToken cancellation)
    {
        var skill = Path.Combine(folder, Skill);
        if (!File.Exists(skill))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"{folder} is not a skill: it has no {Skill}.");
        }

        var entries = Entries(await TextAsync(skill, cancellation), skill, mayBeEmpty: true);
        var references = Path.Combine(folder, "references");
        string[] files = Directory.Exists(references) ? Directory.GetFiles(references, "*.md") : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            entries = entries.AddRange(Entries(await TextAsync(file, cancellation), file, mayBeEmpty: true));
        }

        return entries.IsEmpty ? throw new CommandFailedException(ExitCode.Failed, $"{folder} contains no rules: neither {Skill} nor its references have a list.") : entries;
    }

    // A damaged playbook in Atlas's format must be refused as such, not taken for memories.
    private static bool IsPlaybook(string text) => text.Contains("\"atlas.playbook.", StringComparison.Ordinal);

    private static ImmutableArray<PlaybookEntry> Entries(string text, string path, bool mayBeEmpty = false)
    {
        try
        {
            return ForeignPlaybooks.Read(text, Path.GetFileName(path));
        }
        catch (PlaybookFormatException wrong)
        {
            return mayBeEmpty ? [] : throw new CommandFailedException(ExitCode.Failed, $"{path}: {wrong.Message}", wrong);
        }
    }

    private static async Task<string> TextAsync(string path, CancellationToken cancellation)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} is larger than {MaxBytes >> 20} MiB, the limit for a playbook.");
        }

        try
        {
            return await File.ReadAllTextAsync(path, Utf8, cancellation);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} is not UTF-8 text.", wrong);
        }
    }
}
