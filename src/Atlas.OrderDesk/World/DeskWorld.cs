using System.Collections.Concurrent;

namespace Atlas.OrderDesk.World;

/// <summary>The orders of the desk and their state. Thread-safe, for many concurrent sessions.</summary>
public sealed class DeskWorld
{
    private readonly ConcurrentDictionary<int, DeskState> _states = new();

    /// <summary>Returns the current state of an order.</summary>
    public DeskState StateOf(int number) => _states.GetValueOrDefault(number, new DeskState());

    /// <summary>Returns how well an order is currently settled.</summary>
    public DeskVerdict VerdictOn(int number) => DeskVerdict.Of(DeskOrder.Of(number), StateOf(number));

    /// <summary>Reverts everything that was done about an order.</summary>
    public void Reset(int number) => _states.TryRemove(number, out _);

    internal void Change(int number, Func<DeskState, DeskState> change) =>
        _states.AddOrUpdate(number, _ => change(new DeskState()), (_, state) => change(state));
}
