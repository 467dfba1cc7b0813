namespace Atlas.Cluster.Histories;

/// <summary>What was asked of a playbook's head, and what was answered.</summary>
/// <param name="Kind">Which call.</param>
/// <param name="Text">Of an import, the text that it makes current.</param>
/// <param name="Target">Of a rollback, the version it goes back to.</param>
/// <param name="Version">The version in the answer; null if no answer came.</param>
/// <param name="Answer">Of a resolve, the text in the answer.</param>
internal sealed record HeadOperation(HeadCall Kind, string? Text = null, int Target = 0, int? Version = null, string? Answer = null)
{
    public override string ToString() => Kind switch
    {
        HeadCall.Resolve => $"resolve -> {Version}:{Answer}",
        HeadCall.Import => $"import {Text} -> {Version?.ToString() ?? "?"}",
        _ => $"rollback {Target} -> {Version?.ToString() ?? "?"}",
    };
}
