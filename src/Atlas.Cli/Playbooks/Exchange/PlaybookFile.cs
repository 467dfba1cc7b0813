using System.Text;
using Atlas.Cli.Output;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using PlaybookText = Atlas.Learning.Playbooks.PlaybookDocument;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>Playbooks as files that people can read, compare and change.</summary>
internal static class PlaybookFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Text(LearnedPlaybook playbook, bool withObservations) => PlaybookText.Export(playbook, withObservations);

    /// <summary>Writes a file that never contains a partial playbook.</summary>
    /// <exception cref="CommandFailedException">Its folder does not exist.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
        {
            throw new CommandFailedException(ExitCode.Usage, $"{path} is a folder. Name the file to write.");
        }

        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no folder {folder} to write {Path.GetFileName(full)} to.");
        }

        await using var file = WholeFile.Create(full);
        await file.Stream.WriteAsync(Utf8.GetBytes(text), cancellation);
        await file.CommitAsync(cancellation);
    }

    /// <summary>Reads a file that contains a playbook.</summary>
    /// <exception cref="CommandFailedException">The file does not exist, or does not contain a playbook; the message says
    /// where.</exception>
    public static async Task<LearnedPlaybook> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandFailedException(
                ExitCode.NotFound, Directory.Exists(path) ? $"{path} is a folder. Name a file with a playbook." : $"There is no file {path}.");
        }

        try
        {
            return PlaybookText.Import(await File.ReadAllTextAsync(path, Utf8, cancellation));
        }
        catch (PlaybookFormatException wrong)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path}: {wrong.Message}", wrong);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} is not UTF-8 text. A playbook is JSON in UTF-8.", wrong);
        }
    }
}
