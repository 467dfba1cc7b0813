using System.Collections.Immutable;
using System.ComponentModel;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Atlas.Storage.Access;

namespace Atlas.Http.Budgets;

/// <summary>What a call may take at most.</summary>
/// <param name="Tokens">Tokens of question and answer together.</param>
/// <param name="Usd">Dollars.</param>
internal sealed record ReservationRequest(
    [property: Description("Tokens of question and answer together, at most.")] long Tokens,
    [property: Description("What it may cost at most, in dollars.")] decimal Usd = 0);

/// <summary>What a call took.</summary>
/// <param name="Tokens">Tokens; 0 for a call that was not made.</param>
/// <param name="Usd">Dollars.</param>
internal sealed record SettlementRequest(
    [property: Description("What it took; 0 for a call that was not made.")] long Tokens,
    [property: Description("What it cost, in dollars.")] decimal Usd = 0);

/// <summary>A reservation, which counts against the budgets of today.</summary>
/// <param name="ReservationId">Settle it under this id.</param>
/// <param name="Tokens">What it counts with.</param>
/// <param name="Usd">What it counts with, in dollars.</param>
/// <param name="Settled">Whether it is known what the call took.</param>
internal sealed record ReservationAnswer(string ReservationId, long Tokens, decimal Usd, bool Settled);

/// <summary>A budget of a day, and what was spent of it.</summary>
/// <param name="Of"><c>key</c> or <c>tenant</c>.</param>
/// <param name="TokensPerDay">Null for any number.</param>
/// <param name="UsdPerDay">Dollars; null for any amount.</param>
/// <param name="Tokens">Spent or reserved today.</param>
/// <param name="Usd">Spent or reserved today, in dollars.</param>
internal sealed record BudgetItem(string Of, long? TokensPerDay, decimal? UsdPerDay, long Tokens, decimal Usd);

/// <summary>The budgets that a caller spends from.</summary>
/// <param name="ResetsAt">When the day ends: midnight UTC.</param>
/// <param name="Budgets">The API key's, and the tenant's.</param>
internal sealed record BudgetsAnswer(DateTimeOffset ResetsAt, ImmutableArray<BudgetItem> Budgets);

/// <summary><c>/v1/budget</c>: what the calls of an API key and of its tenant may cost on a day.</summary>
internal static class BudgetEndpoints
{
    private const long MostTokens = 1_000_000_000_000;
    private const decimal MostUsd = 1_000_000_000;

    public static void Map(RouteGroupBuilder api)
    {
        var budget = api.MapGroup("/budget").WithTags("Budget");
        budget.MapGet("", ShowAsync).Reads("ShowBudget", "Show what the API key and its tenant may spend today, and have");
        budget.MapPost("/reservations", ReserveAsync).Writes(Scopes.Record, "ReserveBudget", "Reserve what a call may take, before it is made");
        budget.MapPost("/reservations/{reservation}/settle", SettleAsync).Writes(Scopes.Record, "SettleBudget", "Tell what a call took", 404);
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
                $"The budget of this {(IsTenant(lacking) ? "tenant" : "API key")} for today does not suffice for that. It begins anew at midnight UTC; `GET /v1/budget` says what is left.")
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
            : throw Problem.NotFound.With($"This API key has no reservation '{Parameters.Short(reservation)}'. Use the id that reserving gave.");
    }

    private static void Demand(long tokens, decimal usd)
    {
        if (tokens is < 0 or > MostTokens || usd is < 0 or > MostUsd)
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"'tokens' is 0 to {MostTokens} and 'usd' 0 to {MostUsd}."));
        }
    }

    /// <summary>Who pays for a caller: the API key first.</summary>
    private static ImmutableArray<string> Owners(Caller caller) =>
        [BudgetStore.OfKey(caller.Tenant, caller.Name), .. BudgetStore.OfTenant(caller.Tenant) is { } tenant ? [tenant] : Array.Empty<string>()];

    private static bool IsTenant(string owner) => owner.StartsWith("tenant:", StringComparison.Ordinal);

    private static BudgetItem Item(BudgetStanding one) => new(IsTenant(one.Owner) ? "tenant" : "key", one.TokensPerDay, one.UsdPerDay, one.Tokens, one.Usd);

    private static DateTimeOffset Midnight(TimeProvider time) => new(time.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
