using Atlas.Cli.Output;
using Atlas.Domain;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks;

/// <summary>Prints how the last synthesis went, what is left for this hour, and the total cost, for people.</summary>
internal static class SynthesisSheet
{
    private const int LineLength = 300;

    public static void Write(KeySyntheses synthesis, Terminal terminal)
    {
        if (synthesis.Last is { } last)
        {
            terminal.Data($"synthesis {last.Outcome} at {Wording.Time(last.At)} by {last.Synthesizer}"
                + (string.IsNullOrWhiteSpace(last.Reason) ? "" : $": {Wording.OneLine(last.Reason, LineLength)}")
                + (last.RetryAt is { } retry ? $" ({Wording.Count(last.ConsecutiveFailures, "failure")} in a row; not tried again before {Wording.Time(retry)})" : ""));
        }

        if (synthesis.Cost is { } cost)
        {
            terminal.Data($"spent     {Tokens(cost)} in {Wording.Count(cost.Calls, "call")} of a language model"
                + (synthesis.Last?.Cost is { } of ? $"; {Tokens(of)} in the last synthesis" : ""));
        }

        if (synthesis.Budget is { Limit: > 0 } budget)
        {
            terminal.Data($"budget    {budget.Used} of {Wording.Count(budget.Limit, "synthesis", "syntheses")} used in the hour from {Wording.Time(budget.Since)}"
                + (budget.FreeAgainAt is { } free ? $"; the next one can run at {Wording.Time(free)}" : ""));
        }
    }

    private static string Tokens(TokenUsage cost) => Wording.Count(cost.PromptTokens + cost.CompletionTokens, "token");
}
