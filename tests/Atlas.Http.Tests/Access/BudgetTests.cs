using System.Net;
using Atlas.Http.Tests.Harness;
using Atlas.Storage.Access;
using Xunit;

namespace Atlas.Http.Tests.Access;

public sealed class BudgetTests(LockedApi api) : IClassFixture<LockedApi>
{
    private BudgetStore Budgets => new(api.Database.DataSource);

    [Fact]
    public async Task A_thousand_calls_at_once_never_get_more_than_the_budget_of_the_day()
    {
        // The tenant's is the smaller one: 300 calls of 7 tokens fit into it, and no further one.
        var (one, _) = await api.CreateAsync("one", tenant: "crowd");
        var (other, _) = await api.CreateAsync("other", tenant: "crowd");
        await Budgets.SetAsync(BudgetStore.OfKey("crowd", "one"), 5_000, null);
        await Budgets.SetAsync("tenant:crowd", (300 * 7) + 3, null);
        using var first = api.Client(one, silo: 0);
        using var second = api.Client(other, silo: 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(async number =>
        {
            using var answer = await (number % 2 == 0 ? first : second).SendAsync("v1/budget/reservations", new { tokens = 7 });
            return (answer.StatusCode, answer.Headers.RetryAfter);
        }));

        Assert.Equal(300, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.Equal((HttpStatusCode.TooManyRequests, true), (answer.StatusCode, answer.RetryAfter is not null)));
        Assert.Equal(300 * 7, (await Budgets.ListAsync(["tenant:crowd"]))[0].Tokens);
    }

    [Fact]
    public async Task What_a_call_really_took_takes_the_place_of_what_was_reserved_once()
    {
        var (key, _) = await api.CreateAsync("spender", tenant: "thrifty");
        var (stranger, _) = await api.CreateAsync("stranger", tenant: "thrifty");
        await Budgets.SetAsync(BudgetStore.OfKey("thrifty", "spender"), 100, 1.0m);
        using var client = api.Client(key);
        var reserved = await client.PostAsync("v1/budget/reservations", new { tokens = 80, usd = 0.9 });
        (await client.PostAsync("v1/budget/reservations", new { tokens = 1, usd = 0.2 }, HttpStatusCode.TooManyRequests)).IsProblem("budget-exhausted");

        var path = $"v1/budget/reservations/{reserved.Text("reservation_id")}/settle";
        using (var other = api.Client(stranger))
        {
            (await other.PostAsync(path, new { tokens = 0 }, HttpStatusCode.NotFound)).IsProblem("not-found");
        }

        await client.PostAsync(path, new { tokens = 30, usd = 0.25 });
        Assert.Equal(30, (await client.PostAsync(path, new { tokens = 0 })).Number("tokens"));

        var shown = (await client.GetAsync("v1/budget", HttpStatusCode.OK)).GetProperty("budgets").EnumerateArray().ToList();
        Assert.Equal(["key", "tenant"], shown.Select(one => one.Text("of")));
        Assert.Equal((100, 30, 0.25m), (shown[0].Number("tokens_per_day"), shown[0].Number("tokens"), shown[0].GetProperty("usd").GetDecimal()));
        Assert.Equal(30, shown[1].Number("tokens"));
        await client.PostAsync("v1/budget/reservations", new { tokens = 70, usd = 0.75 });
    }

    [Fact]
    public async Task The_same_reservation_again_counts_once_and_rotation_begins_nothing_anew()
    {
        var (key, _) = await api.CreateAsync("rotated", tenant: "again");
        await Budgets.SetAsync(BudgetStore.OfKey("again", "rotated"), 10, null);
        using var client = api.Client(key);
        for (var time = 0; time < 3; time++)
        {
            await client.PostAsync("v1/budget/reservations", new { tokens = 6 }, HttpStatusCode.OK, ("Idempotency-Key", "call-1"));
        }

        var (next, _) = await api.CreateAsync("rotated", tenant: "again");
        using var rotated = api.Client(next);
        await rotated.PostAsync("v1/budget/reservations", new { tokens = 5 }, HttpStatusCode.TooManyRequests);
        await rotated.PostAsync("v1/budget/reservations", new { tokens = 4 });
    }

    [Theory]
    [InlineData("""{"tokens": -1}""")]
    [InlineData("""{"tokens": 1, "usd": -0.5}""")]
    [InlineData("""{"tokens": 1e30}""")]
    [InlineData("""{"tokens": 1, "usd": 1e20}""")]
    [InlineData("""{}""")]
    public async Task An_amount_that_is_none_is_refused(string body)
    {
        var (key, _) = await api.CreateAsync($"odd-{Guid.NewGuid():N}");
        using var client = api.Client(key);
        (await client.PostAsync("v1/budget/reservations", body, HttpStatusCode.BadRequest)).IsProblem("invalid-request");
    }
}
