using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Grains.Copies;
using Atlas.Grains.Playbooks;

namespace Atlas.Grains.LearningKeys;

/// <remarks>What is answered from memory, and when memory is no longer valid.</remarks>
internal sealed partial class LearningKeyGrain
{
    private ResolvedPlaybook Current => IsOutrun()
        ? throw new AtlasUnavailableException("Another silo owns this learning key now; send the request again.")
        : _resolved;

    public async ValueTask<PlaybookLoan> Lend(SiloAddress holder)
    {
        var playbook = await Resolve();
        return ReferenceEquals(playbook, _resolved) && !IsOutrun()
            ? new PlaybookLoan(playbook, _holders.Lend(holder))
            : new PlaybookLoan(playbook, TimeSpan.Zero);
    }

    private AssignedPlaybook Drawn(string unit, string? identity, string task) => IsOutrun()
        ? throw new AtlasUnavailableException("Another silo owns this learning key now; send the request again.")
        : _prepared.Assign(_commit.Committed, unit, identity, task);

    // Memory is valid while nobody else can own the key.
    private async Task<T> OnceSure<T>(Func<T> read)
    {
        await _services.Lease.DemandAsync();
        return read();
    }

    /// <summary>Whether another activation owns the key now, or the database is not the one that this was read from.</summary>
    private bool IsOutrun()
    {
        if (!_outrun && _epoch != _services.Lease.Epoch)
        {
            StandDown();
        }

        return _outrun;
    }

    // The memory of this activation can be out of date from here on, so it must not answer any more.
    private void StandDown()
    {
        _outrun = true;
        DeactivateOnIdle();
    }
}
