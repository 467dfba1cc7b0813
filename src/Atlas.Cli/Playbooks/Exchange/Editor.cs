using System.Diagnostics;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary>The caller's editor.</summary>
internal static class Editor
{
    /// <summary>Opens a file and waits until the editor is closed.</summary>
    /// <param name="editor">Its command line, as <c>VISUAL</c> or <c>EDITOR</c> has it: a shell reads it.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="CommandFailedException">The editor did not end well.</exception>
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
