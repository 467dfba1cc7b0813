using System.Collections.Concurrent;
using Atlas.Configuration.Proxying;
using Atlas.Http.Access;
using Atlas.Http.Problems;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Telemetry;
using Atlas.Storage.Access;

namespace Atlas.Proxy.Budgets;

/// <summary>A reservation for one call.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Owners">The owners of the budgets that pay.</param>
/// <param name="Tokens">The tokens that are reserved until the actual usage is known.</param>
/// <param name="Usd">The same in dollars.</param>
/// <param name="Made">The attempt to make it, if the call did not wait for its end; otherwise null.</param>
internal sealed record CallReservation(string Id, string[] Owners, long Tokens, decimal Usd, Task? Made = null);

/// <summary>Checks the budgets of API keys and tenants before the upstream is called. Callers without a budget are counted in the
/// background.</summary>
internal sealed class CallBudget(BudgetStore budgets, Outage outage, ProxyOptions options, TimeProvider time, ILogger<CallBudget> log)
{
    /// <summary>How many settlements wait for the database at most. The reservations of others keep counting.</summary>
    private const int MostUnsettled = 100_000;

    private static readonly TimeSpan Belief = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (bool Limited, long At)> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Spent> _spent = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(CallReservation Reservation, long Tokens, decimal Usd)> _unsettled = new();

    /// <summary>Reserves what a call can use.</summary>
    /// <returns>The reservation; null if there is no budget and the call is counted when it ends.</returns>
    /// <exception cref="ProblemException">The day's budget is not sufficient.</exception>
    public async ValueTask<CallReservation?> ReserveAsync(Caller caller, long tokens, decimal usd)
    {
        var owners = Owners(caller);
        if (!await IsLimitedAsync(owners).ConfigureAwait(false))
        {
            return null;
        }

        var reservation = new CallReservation($"proxy:{Guid.CreateVersion7():N}", owners, tokens, usd);
        Task<string?>? made = null;
        var answer = await outage.AskAsync(
            async () => new Refusal(await (made = budgets.ReserveAsync(reservation.Id, owners, tokens, usd)).ConfigureAwait(false)),
            TimeSpan.FromSeconds(options.PatienceSeconds)).ConfigureAwait(false);
        if (answer is null)
        {
            // It can still succeed after the call has stopped waiting for it.
            return made is null ? null : reservation with { Made = made };
        }

        if (answer.Owner is not { } lacking)
        {
            return reservation;
        }

        var now = time.GetUtcNow();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        throw new ProblemException(
            Problem.BudgetExhausted,
            $"The budget of this {(lacking.StartsWith("tenant:", StringComparison.Ordinal) ? "tenant" : "API key")} for today is not sufficient for this call, which can take {tokens} tokens. It is reset at midnight UTC; `GET /v1/budget` shows what is left.")
        {
            RetryAfterSeconds = (int)Math.Ceiling((midnight - now).TotalSeconds),
        };
    }

    /// <summary>Counts what a call used. Never waits.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="reservation">The reservation; null for none.</param>
    /// <param name="tokens">The tokens that the call used.</param>
    /// <param name="usd">The cost in dollars.</param>
    public void Settle(Caller caller, CallReservation? reservation, long tokens, decimal usd)
    {
        if (reservation is not null)
        {
            _ = SettleAsync(reservation, tokens, usd);
        }
        else
        {
            Spend(Owners(caller), tokens, usd);
        }
    }

    /// <summary>Stores the counts. Called every few seconds, and at the end.</summary>
    public async Task FlushAsync()
    {
        for (var waiting = _unsettled.Count; waiting > 0 && !outage.IsAway && _unsettled.TryDequeue(out var one); waiting--)
        {
            await SettleAsync(one.Reservation, one.Tokens, one.Usd).ConfigureAwait(false);
        }

        foreach (var (owners, spent) in _spent)
        {
            if (spent.Take() is not { Tokens: > 0 } taken)
            {
                continue;
            }

            try
            {
                // The calls were made, so they count even if an owner was given a budget in the meantime that they exceed.
                await budgets.BookAsync(taken.Id, owners.Split('\n'), taken.Tokens, taken.Usd).ConfigureAwait(false);
                spent.Stored();
            }
            catch (Exception failure)
            {
                log.NotCounted(failure.Message);
                return;
            }
        }
    }

    private async Task SettleAsync(CallReservation reservation, long tokens, decimal usd)
    {
        try
        {
            // What was tried may have been refused, or may not have reached the database. It is then counted like a call without one.
            await (reservation.Made ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await budgets.SettleAsync(reservation.Id, reservation.Owners[0], tokens, usd).ConfigureAwait(false) is null)
            {
                Spend(reservation.Owners, tokens, usd);
            }
        }
        catch (Exception failure)
        {
            // Until it is tried again, the reservation counts.
            log.NotCounted(failure.Message);
            if (_unsettled.Count < MostUnsettled)
            {
                _unsettled.Enqueue((reservation, tokens, usd));
            }
        }
    }

    private void Spend(string[] owners, long tokens, decimal usd)
    {
        if (tokens > 0)
        {
            _spent.GetOrAdd(string.Join('\n', owners), _ => new Spent()).Add(tokens, usd);
        }
    }

    /// <summary>Returns whether one of the owners has a budget; cached for two seconds.</summary>
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

    /// <summary>Returns the owners of the budgets that a caller spends from, the API key first.</summary>
    private static string[] Owners(Caller caller) => BudgetStore.OfTenant(caller.Tenant) is { } tenant
        ? [BudgetStore.OfKey(caller.Tenant, caller.Name), tenant]
        : [BudgetStore.OfKey(caller.Tenant, caller.Name)];

    private sealed record Refusal(string? Owner);

    /// <summary>A sum that is to be stored. It keeps its id through every attempt, so it is counted once.</summary>
    private sealed record Taken(string Id, long Tokens, decimal Usd);

    private sealed class Spent
    {
        private readonly Lock _lock = new();
        private long _tokens;
        private decimal _usd;
        private Taken? _taken;

        public void Add(long tokens, decimal usd)
        {
            lock (_lock)
            {
                _tokens += tokens;
                _usd += usd;
            }
        }

        /// <summary>Takes the sum so far; the same one again until <see cref="Stored"/>.</summary>
        public Taken Take()
        {
            lock (_lock)
            {
                if (_taken is null)
                {
                    _taken = new Taken($"proxy:{Guid.CreateVersion7():N}", _tokens, _usd);
                    (_tokens, _usd) = (0, 0);
                }

                // Nothing to store is nothing to keep.
                var taken = _taken;
                _taken = taken.Tokens == 0 ? null : taken;
                return taken;
            }
        }

        public void Stored()
        {
            lock (_lock)
            {
                _taken = null;
            }
        }
    }
}
