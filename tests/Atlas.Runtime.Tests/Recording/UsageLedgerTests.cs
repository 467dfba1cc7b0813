using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Runtime.Recording;
using Xunit;

namespace Atlas.Runtime.Tests.Recording;

public class UsageLedgerTests
{
    [Fact]
    public void Tokens_that_are_only_in_the_total_cost_as_much_as_those_received()
    {
        var ledger = new UsageLedger(ImmutableDictionary<string, TokenPrice>.Empty.Add("student", new TokenPrice { InputPerMillion = 1, OutputPerMillion = 10 }));

        ledger.Add("student", new TokenUsage(1, 1_000_000, 200_000) { OtherTokens = 300_000 });
        ledger.Add("teacher", new TokenUsage(1, 1_000_000, 200_000));

        Assert.Equal(6m, Assert.Single(ledger.Cost).Value);
    }
}
