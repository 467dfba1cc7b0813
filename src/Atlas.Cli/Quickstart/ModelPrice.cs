namespace Atlas.Cli.Quickstart;

/// <summary>The list price of a model, in US dollars per million tokens.</summary>
internal sealed record ModelPrice(decimal Sent, decimal Received)
{
    private const decimal Million = 1_000_000m;

    public decimal Of(long sentTokens, long receivedTokens) => ((sentTokens * Sent) + (receivedTokens * Received)) / Million;
}
