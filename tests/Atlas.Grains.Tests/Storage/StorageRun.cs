using Orleans.Runtime;
using Orleans.Storage;

namespace Atlas.Grains.Tests.Storage;

/// <summary>Carries steps out on a storage and holds every answer against the model.</summary>
internal sealed class StorageRun(IGrainStorage storage, string name)
{
    private static readonly (string State, Func<string, GrainId> Id)[] Kinds =
    [
        ("sheet", static run => GrainId.Create("test", $"{run}-text")),
        ("sheet", static run => GrainId.Create(GrainType.Create("test"), GrainIdKeyExtensions.CreateIntegerKey(run.GetHashCode(StringComparison.Ordinal)))),
        ("sheet", static run => GrainId.Create(GrainType.Create("test"), GrainIdKeyExtensions.CreateIntegerKey(42, run))),
        ("sheet", static run => GrainId.Create(GrainType.Create("test"), GrainIdKeyExtensions.CreateGuidKey(Guid.Parse(run)))),
        ("other", static run => GrainId.Create("test", $"{run}-text")),
        ("other", static run => GrainId.Create(GrainType.Create("test"), GrainIdKeyExtensions.CreateGuidKey(Guid.Parse(run), "ext"))),
    ];

    private readonly Dictionary<(int Grain, int Holder), GrainState<Sheet>> _holders = [];
    private readonly StorageModel[] _models = [.. Kinds.Select(_ => StorageModel.Nothing)];
    private long _number;

    public static int Grains => Kinds.Length;

    /// <summary>Carries out rounds of steps; the steps of a round run at once.</summary>
    /// <exception cref="StorageMismatchException">The storage answered what no order of the round's steps explains.</exception>
    public async Task RunAsync(IEnumerable<IReadOnlyList<StorageStep>> rounds)
    {
        foreach (var round in rounds)
        {
            // One holder does one thing at a time, as an activation does.
            var calls = round.DistinctBy(step => (step.Grain, step.Holder)).Select(Begin).ToArray();
            await Task.WhenAll(calls.Select(call => call.Done));
            foreach (var ofGrain in calls.GroupBy(call => call.Step.Grain))
            {
                _models[ofGrain.Key] = Explain(_models[ofGrain.Key], [.. ofGrain], alone: ofGrain.Count() == 1)
                    ?? throw new StorageMismatchException(
                        $"No order of these steps on {_models[ofGrain.Key]} explains the answers:\n{string.Join('\n', ofGrain)}");
            }
        }

        await CheckAsync();
    }

    private StorageCall Begin(StorageStep step)
    {
        if (!_holders.TryGetValue((step.Grain, step.Holder), out var held))
        {
            _holders[(step.Grain, step.Holder)] = held = new GrainState<Sheet>(new Sheet());
        }

        var (state, id) = (Kinds[step.Grain].State, Kinds[step.Grain].Id(name));
        var written = new Sheet
        {
            Text = step.Text,
            Number = ++_number,
            Lines = [.. Enumerable.Repeat(step.Text, step.Lines)],
        };
        var call = new StorageCall(step, held, written);
        call.Start(step.Kind switch
        {
            StepKind.Read => () => storage.ReadStateAsync(state, id, held),
            StepKind.Write => () => storage.WriteStateAsync(state, id, held),
            _ => () => storage.ClearStateAsync(state, id, held),
        });
        return call;
    }

    private static StorageModel? Explain(StorageModel before, IReadOnlyList<StorageCall> calls, bool alone)
    {
        if (calls.Count == 0)
        {
            return before;
        }

        foreach (var first in calls)
        {
            if (first.Fits(before, alone) is { } after && Explain(after, [.. calls.Where(call => call != first)], alone) is { } end)
            {
                return end;
            }
        }

        return null;
    }

    // What is stored in the end is what the model says, for one that comes anew.
    private async Task CheckAsync()
    {
        for (var grain = 0; grain < Grains; grain++)
        {
            var fresh = new GrainState<Sheet>(new Sheet());
            await storage.ReadStateAsync(Kinds[grain].State, Kinds[grain].Id(name), fresh);
            var model = _models[grain];
            if (StorageCall.VersionOf(fresh.ETag) != model.Version || !fresh.State!.Says(model.Value ?? new Sheet())
                || fresh.RecordExists != (model.Value is not null))
            {
                throw new StorageMismatchException(
                    $"Stored is {fresh.State} with version {fresh.ETag ?? "none"}; it should be {model}.");
            }
        }
    }
}
