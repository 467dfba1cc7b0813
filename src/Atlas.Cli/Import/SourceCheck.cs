using Atlas.Cli.Output;
using Atlas.Import;

namespace Atlas.Cli.Import;

/// <summary>Checks that a source has the form that the command expects, and names the right command if it has another known form.</summary>
internal sealed class SourceCheck(IRunFormat format, string source, string name)
{
    /// <exception cref="CommandFailedException">The source cannot be read, or has another form.</exception>
    public async Task DemandAsync(CancellationToken cancellation)
    {
        try
        {
            if (RunFormats.Refusal(source) is { } refusal)
            {
                throw new CommandFailedException(ExitCode.Failed, $"{name} {refusal.Replace("FILE", ShellWord.Of(source), StringComparison.Ordinal)}.");
            }

            if (!await format.RecognisesAsync(source, cancellation)
                && await RunFormats.RecogniseAsync(source, cancellation) is { } other)
            {
                throw new CommandFailedException(
                    ExitCode.Failed,
                    $"{name} contains {other.Title}, not {format.Title}. Import it with `atlas import {other.Name} {ShellWord.Of(source)} --key KEY`.");
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{name} cannot be read: {wrong.Message}", wrong);
        }
    }
}
