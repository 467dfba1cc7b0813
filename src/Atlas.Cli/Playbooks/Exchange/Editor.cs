using System.Diagnostics;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>The caller's editor.</summary>
internal static class Editor
{
    // In order of ease of use for somebody who has named none; the first is the one that Debian is set to.
    private static readonly string[] Usual = ["editor", "nano", "vim", "vi"];

    /// <summary>Chooses the editor: the named one, or else the first of the usual ones that is installed.</summary>
    /// <param name="named">The command line in <c>VISUAL</c> or <c>EDITOR</c>; null for none.</param>
    /// <param name="searchPath">The value of <c>PATH</c>.</param>
    /// <param name="isAtTerminal">Whether there is a terminal, which the usual editors need.</param>
    /// <exception cref="CommandFailedException">There is no editor.</exception>
    public static string Choose(string? named, string? searchPath, bool isAtTerminal)
    {
        if (named is not null)
        {
            return named;
        }

        if (!isAtTerminal)
        {
            throw new CommandFailedException(
                ExitCode.CannotStart,
                "There is no terminal to open an editor in. Set VISUAL or EDITOR to an editor that needs none, or use `atlas playbook export` and `import`.");
        }

        var folders = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Usual.FirstOrDefault(editor => folders.Any(folder => File.Exists(Path.Combine(folder, editor)))) ?? throw new CommandFailedException(
            ExitCode.CannotStart,
            "No editor was found: VISUAL and EDITOR are not set, and neither nano nor vi is installed. Name an editor, as in EDITOR=emacs, or use "
            + "`atlas playbook export` and `import`.");
    }

    /// <summary>Opens a file and waits until the editor is closed.</summary>
    /// <param name="editor">Its command line, as in <c>VISUAL</c> or <c>EDITOR</c>: a shell interprets it.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="CommandFailedException">The editor exited with an error.</exception>
    public static async Task OpenAsync(string editor, string file, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec {editor} \"$1\"", "sh", file]))
            ?? throw new CommandFailedException(ExitCode.CannotStart, $"The editor '{editor}' could not be started.");
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode is not 0)
        {
            throw new CommandFailedException(
                process.ExitCode is 126 or 127 ? ExitCode.CannotStart : ExitCode.Failed,
                $"The editor '{editor}' ended with exit code {process.ExitCode}.");
        }
    }
}
