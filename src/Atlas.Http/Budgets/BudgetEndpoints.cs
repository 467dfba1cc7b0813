using System.Collections.Immutable;
using System.ComponentModel;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Storage.Access;

namespace Atlas.Http.Budgets;

/// <summary>The most that a call to a model can use.</summary>
/// <param name="Tokens">The maximum number of tokens, for the question and the answer together.</param>
/// <param name="Usd">The maximum cost, in US dollars. The default is 0.</param>
internal sealed record ReservationRequest(
    [property: Description("The maximum number of tokens, for the question and the answer together.")] long Tokens,
    [property: Description("The maximum cost, in US dollars. The default is 0.")] decimal Usd = 0);

/// <summary>What a call to a model used.</summary>
/// <param name="Tokens">The number of tokens used; 0 for a call that was not made.</param>
/// <param name="Usd">The cost, in US dollars. The default is 0.</param>
internal sealed record SettlementRequest(
    [property: Description("The number of tokens used; 0 for a call that was not made.")] long Tokens,
    [property: Description("The cost, in US dollars. The default is 0.")] decimal Usd = 0);

/// <summary>A reservation, which counts against today's budgets.</summary>
/// <param name="ReservationId">The id with which to settle the reservation.</param>
/// <param name="Tokens">The number of tokens that it counts as.</param>
/// <param name="Usd">The cost that it counts as, in US dollars.</param>
/// <param name="Settled">Whether the reservation was settled with what the call used.</param>
internal sealed record ReservationAnswer(string ReservationId, long Tokens, decimal Usd, bool Settled);

/// <summary>A daily budget and what was spent of it.</summary>
/// <param name="Of">Whose budget it is: <c>key</c> for the API key, <c>tenant</c> for its tenant.</param>
/// <param name="TokensPerDay">The budget in tokens; null for no limit.</param>
/// <param name="UsdPerDay">The budget in US dollars; null for no limit.</param>
/// <param name="Tokens">The number of tokens spent or reserved today.</param>
/// <param name="Usd">The amount spent or reserved today, in US dollars.</param>
internal sealed record BudgetItem(string Of, long? TokensPerDay, decimal? UsdPerDay, long Tokens, decimal Usd);

/// <summary>The budgets that the caller spends from.</summary>
/// <param name="ResetsAt">When the budgets are reset: the next midnight UTC.</param>
/// <param name="Budgets">The budget of the API key and, if it has a tenant, that of the tenant.</param>
internal sealed record BudgetsAnswer(DateTimeOffset ResetsAt, ImmutableArray<BudgetItem> Budgets);

/// <summary><c>/v1/budget</c>: what the calls of an API key and of its tenant can cost per day.</summary>
internal static class BudgetEndpoints
{
    private const long MostTokens = 1_000_000_000_000;
    private const decimal MostUsd = 1_000_000_000;

    public static void Map(RouteGroupBuilder api)
    {
        var budget = api.MapGroup("/budget").WithTags("Budget");
        budget.MapGet("", ShowAsync).Reads("ShowBudget", "Get today's budgets of the API key and its tenant, and what was spent");
        budget.MapPost("/reservations", ReserveAsync).Writes(Scopes.Record, "ReserveBudget", "Reserve what a call to a model can use, before you make it");
        budget.MapPost("/reservations/{reservation}/settle", SettleAsync).Writes(Scopes.Record, "SettleBudget", "Settle a reservation with what the call used", 404);
    }

    private static async Task<JsonAnswer<BudgetsAnswer>> ShowAsync(
        Caller caller, [FromServices] BudgetStore budgets, [FromServices] TimeProvider time, CancellationToken cancellation)
    {
        var owners = Owners(caller);
        var known = await budgets.ListAsync(owners, cancellation).ConfigureAwait(false);
        return Answers.Json(new BudgetsAnswer(
            Midnight(time),
            [.. owners.Select(owner => Item(known.FirstOrDefault(one => one.Owner == owner) ?? new BudgetStanding(owner, null, null, 0, 0)))]));
    }

    private static async Task<JsonAnswer<ReservationAnswer>> ReserveAsync(
        Body<ReservationRequest> body, Caller caller, HttpContext context, [FromServices] BudgetStore budgets, [FromServices] TimeProvider time)
    {
        Demand(body.Value.Tokens, body.Value.Usd);
        var id = Operation.Of(context)?.Id ?? Guid.NewGuid().ToString("N");
        var lacking = await budgets.ReserveAsync(id, Owners(caller), body.Value.Tokens, body.Value.Usd).ConfigureAwait(false);
        return lacking is null
            ? Answers.Json(new ReservationAnswer(id, body.Value.Tokens, body.Value.Usd, Settled: false))
            : throw new ProblemException(
                Problem.BudgetExhausted,
                $"The budget of this {(IsTenant(lacking) ? "tenant" : "API key")} for today is not sufficient for that. It is reset at midnight UTC; `GET /v1/budget` shows what is left.")
            {
                RetryAfterSeconds = (int)Math.Ceiling((Midnight(time) - time.GetUtcNow()).TotalSeconds),
            };
    }

    private static async Task<JsonAnswer<ReservationAnswer>> SettleAsync(
        string reservation, Body<SettlementRequest> body, Caller caller, [FromServices] BudgetStore budgets)
    {
        Demand(body.Value.Tokens, body.Value.Usd);
        return await budgets.SettleAsync(reservation, Owners(caller)[0], body.Value.Tokens, body.Value.Usd).ConfigureAwait(false) is { } settled
            ? Answers.Json(new ReservationAnswer(settled.Id, settled.Tokens, settled.Usd, settled.IsSettled))
            : throw Problem.NotFound.With($"This API key has no reservation '{Parameters.Short(reservation)}'. Use the id from the answer to the reservation.");
    }

    private static void Demand(long tokens, decimal usd)
    {
        if (tokens is < 0 or > MostTokens || usd is < 0 or > MostUsd)
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"'tokens' must be from 0 to {MostTokens}, and 'usd' from 0 to {MostUsd}."));
        }
    }

    /// <summary>Returns the owners of the budgets that a caller spends from, the API key first.</summary>
    private static ImmutableArray<string> Owners(Caller caller) =>
        [BudgetStore.OfKey(caller.Tenant, caller.Name), .. BudgetStore.OfTenant(caller.Tenant) is { } tenant ? [tenant] : Array.Empty<string>()];

    private static bool IsTenant(string owner) => owner.StartsWith("tenant:", StringComparison.Ordinal);

    private static BudgetItem Item(BudgetStanding one) => new(IsTenant(one.Owner) ? "tenant" : "key", one.TokensPerDay, one.UsdPerDay, one.Tokens, one.Usd);

    private static DateTimeOffset Midnight(TimeProvider time) => new(time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
