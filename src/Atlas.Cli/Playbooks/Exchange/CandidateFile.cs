using System.Collections.Immutable;
using System.Text;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Exchange;
using Atlas.Learning.Playbooks;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>What other tools keep of what they learned: a skill's folder, bullets of ACE, memories of Mem0, a list. None of it goes into
/// prompts before somebody has accepted it.</summary>
internal static class CandidateFile
{
    private const string Skill = "SKILL.md";
    private const long MaxBytes = 16 << 20;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The entries in a folder or file; null if it is a playbook of Atlas' own form, or is not there.</summary>
    /// <exception cref="CommandFailedException">There is no rule in it, or it cannot be read.</exception>
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
            throw new CommandFailedException(ExitCode.NotFound, $"{folder} is a folder without {Skill}, so it is no skill.");
        }

        var entries = Entries(await TextAsync(skill, cancellation), skill, mayBeEmpty: true);
        var references = Path.Combine(folder, "references");
        string[] files = Directory.Exists(references) ? Directory.GetFiles(references, "*.md") : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            entries = entries.AddRange(Entries(await TextAsync(file, cancellation), file, mayBeEmpty: true));
        }

        return entries.IsEmpty ? throw new CommandFailedException(ExitCode.Failed, $"There is no rule in {folder}: neither {Skill} nor its references have a list.") : entries;
    }

    // A playbook of our form that is damaged is to be refused as such, not taken for memories.
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
            throw new CommandFailedException(ExitCode.Failed, $"{path} has more than {MaxBytes >> 20} MiB; a playbook is smaller.");
        }

        try
        {
            return await File.ReadAllTextAsync(path, Utf8, cancellation);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} is no text in UTF-8.", wrong);
        }
    }
}
