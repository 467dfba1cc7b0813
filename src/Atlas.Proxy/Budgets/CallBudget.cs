using System.Collections.Concurrent;
using Atlas.Configuration.Proxying;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Telemetry;
using Atlas.Storage.Access;

namespace Atlas.Proxy.Budgets;

/// <summary>A reservation of one call.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Owners">Who pays.</param>
/// <param name="Tokens">What it counts with until it is known what the call took.</param>
/// <param name="Usd">The same in dollars.</param>
internal sealed record CallReservation(string Id, string[] Owners, long Tokens, decimal Usd);

/// <summary>Budgets of API keys and tenants, asked before the upstream is. Who has none is counted beside the calls.</summary>
internal sealed class CallBudget(BudgetStore budgets, Outage outage, ProxyOptions options, TimeProvider time, ILogger<CallBudget> log)
{
    /// <summary>What an answer is taken for whose length nobody limits.</summary>
    public const long UsualAnswer = 4096;

    private static readonly TimeSpan Belief = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (bool Limited, long At)> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Spent> _spent = new(StringComparer.Ordinal);

    /// <summary>Reserves what a call may take.</summary>
    /// <returns>The reservation; null where there is no budget, and the call is counted when it is over.</returns>
    /// <exception cref="ProblemException">The budget of the day does not suffice.</exception>
    public async ValueTask<CallReservation?> ReserveAsync(Caller caller, long tokens, decimal usd)
    {
        var owners = Owners(caller);
        if (!await IsLimitedAsync(owners).ConfigureAwait(false))
        {
            return null;
        }

        var reservation = new CallReservation($"proxy:{Guid.CreateVersion7():N}", owners, tokens, usd);
        var answer = await outage.AskAsync(
            async () => new Refusal(await budgets.ReserveAsync(reservation.Id, owners, tokens, usd).ConfigureAwait(false)),
            TimeSpan.FromSeconds(options.PatienceSeconds)).ConfigureAwait(false);
        if (answer?.Owner is not { } lacking)
        {
            return answer is null ? null : reservation;
        }

        var now = time.GetUtcNow();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        throw new ProblemException(
            Problem.BudgetExhausted,
            $"The budget of this {(lacking.StartsWith("tenant:", StringComparison.Ordinal) ? "tenant" : "API key")} for today does not suffice for this call, which may take {tokens} tokens. It begins anew at midnight UTC; `GET /v1/budget` says what is left.")
        {
            RetryAfterSeconds = (int)Math.Ceiling((midnight - now).TotalSeconds),
        };
    }

    /// <summary>Counts what a call took. Never waits.</summary>
    /// <param name="caller">Who made it.</param>
    /// <param name="reservation">What was reserved; null for nothing.</param>
    /// <param name="tokens">What it took.</param>
    /// <param name="usd">What it cost, in dollars.</param>
    public void Settle(Caller caller, CallReservation? reservation, long tokens, decimal usd)
    {
        if (reservation is not null)
        {
            _ = SettleAsync(reservation, tokens, usd);
        }
        else if (tokens > 0)
        {
            _spent.GetOrAdd(string.Join('\n', Owners(caller)), _ => new Spent()).Add(tokens, usd);
        }
    }

    /// <summary>Writes down what was counted. Called every few seconds, and at the end.</summary>
    public async Task FlushAsync()
    {
        foreach (var (owners, spent) in _spent)
        {
            var (tokens, usd) = spent.Take();
            if (tokens == 0)
            {
                continue;
            }

            try
            {
                // Whoever has got a budget meanwhile may have less left than was spent; then there is nothing to refuse any more.
                await budgets.ReserveAsync($"proxy:{Guid.CreateVersion7():N}", owners.Split('\n'), tokens, usd).ConfigureAwait(false);
            }
            catch (Npgsql.NpgsqlException failure)
            {
                spent.Add(tokens, usd);
                log.NotCounted(failure.Message);
                return;
            }
        }
    }

    private async Task SettleAsync(CallReservation reservation, long tokens, decimal usd)
    {
        try
        {
            await budgets.SettleAsync(reservation.Id, reservation.Owners[0], tokens, usd).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // What was reserved counts on.
            log.NotCounted(failure.Message);
        }
    }

    /// <summary>Whether one of those who pay has a budget; believed for two seconds.</summary>
    private async ValueTask<bool> IsLimitedAsync(string[] owners)
    {
        var name = string.Join('\n', owners);
        if (_known.TryGetValue(name, out var known) && (outage.IsAway || time.GetElapsedTime(known.At) < Belief))
        {
            return known.Limited;
        }

        var found = await outage.AskAsync(
            async () => (await budgets.ListAsync(owners).ConfigureAwait(false)).Where(one => one.TokensPerDay is not null || one.UsdPerDay is not null).ToArray(),
            TimeSpan.FromSeconds(options.PatienceSeconds)).ConfigureAwait(false);
        if (found is null)
        {
            return known.Limited;
        }

        if (_known.Count > 10_000)
        {
            _known.Clear();
        }

        _known[name] = (found.Length > 0, time.GetTimestamp());
        return found.Length > 0;
    }

    /// <summary>Who pays for a caller: the API key first.</summary>
    private static string[] Owners(Caller caller) => BudgetStore.OfTenant(caller.Tenant) is { } tenant
        ? [BudgetStore.OfKey(caller.Tenant, caller.Name), tenant]
        : [BudgetStore.OfKey(caller.Tenant, caller.Name)];

    private sealed record Refusal(string? Owner);

    private sealed class Spent
    {
        private readonly Lock _lock = new();
        private long _tokens;
        private decimal _usd;

        public void Add(long tokens, decimal usd)
        {
            lock (_lock)
            {
                _tokens += tokens;
                _usd += usd;
            }
        }

        public (long Tokens, decimal Usd) Take()
        {
            lock (_lock)
            {
                var taken = (_tokens, _usd);
                (_tokens, _usd) = (0, 0);
                return taken;
            }
        }
    }
}
