using System.Text.Json;
using Xunit;

namespace Atlas.Cli.Tests.Harness;

/// <summary>What a run of the program left behind.</summary>
/// <param name="ExitCode">As the shell sees it.</param>
/// <param name="Output">Standard output: data.</param>
/// <param name="Error">Standard error: talk.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document it has to be.</summary>
    public JsonElement Json()
    {
        try
        {
            return JsonElement.Parse(Output);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"Standard output is no JSON document:\n{Output}\nStandard error:\n{Error}");
        }
    }

    /// <summary>Demands an exit code, and shows what was said if it is another one. No run may show a stack trace.</summary>
    public CommandResult Expect(ExitCode code)
    {
        Assert.True(ExitCode == (int)code, $"Exit code {ExitCode} instead of {(int)code}.\nOutput:\n{Output}\nError:\n{Error}");
        Assert.DoesNotContain("   at ", Output + Error, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Demands one sentence on standard error, and on standard output nothing but, with <c>--json</c>, the error as JSON.</summary>
    public CommandResult ExpectSentence(ExitCode code, string part)
    {
        Expect(code);
        Assert.True(Output.Length == 0 || Json().TryGetProperty("error", out _), Output);
        Assert.Contains(part, Error, StringComparison.Ordinal);
        return this;
    }
}
