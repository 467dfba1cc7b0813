using Atlas.Cli.Output;
using Atlas.Import;

namespace Atlas.Cli.Import;

/// <summary>Makes sure that a source can be what the command takes it for, and names the right command where it is something
/// else that can be read.</summary>
internal sealed class SourceCheck(IRunFormat format, string source, string name)
{
    /// <exception cref="CommandFailedException">It cannot be read, or has another form.</exception>
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
                    $"{name} holds {other.Title}, not {format.Title}; bring them in with `atlas import {other.Name} {ShellWord.Of(source)} --key KEY`.");
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{name} cannot be read: {wrong.Message}", wrong);
        }
    }
}
