using System.Collections.Concurrent;

namespace Atlas.OrderDesk.World;

/// <summary>The orders of the desk and how they stand. Safe for use by many sessions at once.</summary>
public sealed class DeskWorld
{
    private readonly ConcurrentDictionary<int, DeskState> _states = new();

    /// <summary>How an order stands now.</summary>
    public DeskState StateOf(int number) => _states.GetValueOrDefault(number, new DeskState());

    /// <summary>How well an order is settled as it stands now.</summary>
    public DeskVerdict VerdictOn(int number) => DeskVerdict.Of(DeskOrder.Of(number), StateOf(number));

    /// <summary>Takes back everything that was done about an order.</summary>
    public void Reset(int number) => _states.TryRemove(number, out _);

    internal void Change(int number, Func<DeskState, DeskState> change) =>
        _states.AddOrUpdate(number, _ => change(new DeskState()), (_, state) => change(state));
}
