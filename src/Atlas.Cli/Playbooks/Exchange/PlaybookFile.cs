using System.Text;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using PlaybookText = Atlas.Learning.Playbooks.PlaybookDocument;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>Playbooks as files that people read, compare and change.</summary>
internal static class PlaybookFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Text(LearnedPlaybook playbook, bool withObservations) => PlaybookText.Export(playbook, withObservations);

    /// <summary>Writes beside the file and then takes its place, so that there is never half a playbook.</summary>
    /// <exception cref="CommandFailedException">There is no folder for it.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
        {
            throw new CommandFailedException(ExitCode.Usage, $"{path} is a folder; name the file to write.");
        }

        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no folder {folder} to write {Path.GetFileName(full)} into.");
        }

        var fresh = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}");
        try
        {
            await File.WriteAllTextAsync(fresh, text, Utf8, cancellation);
            File.Move(fresh, full, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Reads a file that holds a playbook.</summary>
    /// <exception cref="CommandFailedException">There is no such file, or it holds no playbook; the sentence says where.</exception>
    public static async Task<LearnedPlaybook> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new CommandFailedException(
                ExitCode.NotFound, Directory.Exists(path) ? $"{path} is a folder; a file with a playbook is needed." : $"There is no file {path}.");
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
            throw new CommandFailedException(ExitCode.Failed, $"{path} is no text in UTF-8; a playbook is JSON in UTF-8.", wrong);
        }
    }
}
