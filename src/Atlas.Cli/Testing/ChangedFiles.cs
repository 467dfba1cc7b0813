using System.ComponentModel;
using System.Diagnostics;

namespace Atlas.Cli.Testing;

/// <summary>Asks Git what has changed.</summary>
internal static class ChangedFiles
{
    /// <summary>Returns the files that differ from a revision, and those that Git does not know yet.</summary>
    /// <param name="root">The root of the source tree.</param>
    /// <param name="revision">A commit, or a branch: what has changed since the work left it.</param>
    /// <param name="cancellation">Ends Git.</param>
    /// <returns>Paths relative to the root.</returns>
    /// <exception cref="CommandFailedException">There is no Git, no repository or no such revision.</exception>
    public static async Task<IReadOnlyList<string>> SinceAsync(string root, string revision, CancellationToken cancellation)
    {
        var start = (await GitAsync(root, ["merge-base", "--end-of-options", revision, "HEAD"], cancellation)).Trim();
        var tracked = await GitAsync(root, ["diff", "--name-only", "--no-renames", "--relative", "-z", start], cancellation);
        var untracked = await GitAsync(root, ["ls-files", "--others", "--exclude-standard", "-z"], cancellation);
        return [.. (tracked + untracked).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(file => file.Replace('/', Path.DirectorySeparatorChar))];
    }

    private static async Task<string> GitAsync(string root, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.StandardInput.Close();
            var (output, error) = (git.StandardOutput.ReadToEndAsync(cancellation), git.StandardError.ReadToEndAsync(cancellation));
            await git.WaitForExitAsync(cancellation);
            return git.ExitCode == 0 ? await output : throw new CommandFailedException(ExitCode.CannotStart, $"Git cannot say what has changed: {(await error).Trim()}");
        }
        catch (Win32Exception)
        {
            throw new CommandFailedException(ExitCode.CannotStart, "Git is needed to find out what has changed, and it is not installed. Name a suite instead, or run all.");
        }
    }
}
