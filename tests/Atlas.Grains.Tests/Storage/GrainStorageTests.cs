using Atlas.Grains.LearningKeys;
using Atlas.Grains.Tests.Cluster;
using Atlas.Hosting.Persistence;
using Atlas.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Xunit;

namespace Atlas.Grains.Tests.Storage;

/// <summary>Random calls on both ways of writing grain states, held against a model. CsCheck prints the seed of a failing
/// case; the variable <c>CsCheck_Seed</c> replays it.</summary>
public sealed class GrainStorageTests
{
    private const string Grouped = "grouped";
    private const string AdoNet = "adonet";

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[0, 40],
        Gen.OneOf([.. new[] { "", "plain", "\"quoted\"\\", "\u0001\u001f", "ключ 鍵", "\u2028", new string('x', 5000) }.Select(Gen.Const)]));

    private static readonly Gen<StorageStep> Step = Gen.Select(
        Gen.Int[0, StorageRun.Grains - 1],
        Gen.Int[0, 2],
        Gen.Frequency((2, Gen.Const(StepKind.Read)), (5, Gen.Const(StepKind.Write)), (1, Gen.Const(StepKind.Clear))),
        Text,
        Gen.Int[0, 20],
        (grain, holder, kind, text, lines) => new StorageStep(grain, holder, kind, Storable(text), lines));

    [Theory]
    [InlineData(Grouped)]
    [InlineData(AdoNet)]
    public Task Every_sequence_of_calls_is_answered_as_the_model_says(string kind) =>
        CheckAsync(kind, Step.Array[1].Array[1, 40], iterations: 60);

    [Theory]
    [InlineData(Grouped)]
    [InlineData(AdoNet)]
    public Task Calls_at_once_are_answered_as_if_one_came_after_the_other(string kind) =>
        CheckAsync(kind, Step.Array[1, 12].Array[1, 12], iterations: 60);

    [Fact]
    public async Task One_way_goes_on_where_the_other_left_off()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var grouped = await StartAsync(database, Grouped);
        await using var adonet = await StartAsync(database, AdoNet);
        foreach (var id in (GrainId[])
        [
            GrainId.Create("test", "cafe"),
            GrainId.Create("test", "Some key/with ünicode"),
            GrainId.Create("test", "-7"),
            GrainId.Create("test", "7+ext"),
            GrainId.Create("test", Guid.NewGuid().ToString("N")),
            GrainId.Create(GrainType.Create("test"), GrainIdKeyExtensions.CreateGuidKey(Guid.NewGuid(), "ext")),
            GrainId.Create(GrainType.Create("test"), GrainIdKeyExtensions.CreateIntegerKey(long.MinValue, "ext")),
        ])
        {
            var state = new GrainState<Sheet>(new Sheet { Number = 1 });
            await StorageOf(grouped).WriteStateAsync("sheet", id, state);
            var read = new GrainState<Sheet>(new Sheet());
            await StorageOf(adonet).ReadStateAsync("sheet", id, read);
            Assert.Equal((1, "1", true), (read.State!.Number, read.ETag, read.RecordExists));

            read.State!.Number = 2;
            await StorageOf(adonet).WriteStateAsync("sheet", id, read);
            await Assert.ThrowsAsync<InconsistentStateException>(() => StorageOf(grouped).WriteStateAsync("sheet", id, state));
            await StorageOf(grouped).ReadStateAsync("sheet", id, state);
            Assert.Equal((2, "2"), (state.State!.Number, state.ETag));
            await StorageOf(grouped).ClearStateAsync("sheet", id, state);
            await StorageOf(adonet).ReadStateAsync("sheet", id, read);
            Assert.Equal((0, "3"), (read.State!.Number, read.ETag));
        }
    }

    [Theory]
    [InlineData("7", "007")]
    [InlineData("cafe", "CAFE")]
    [InlineData("a+b", "0a+b")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3f2504e04f8911d39a0c0305e82c3301")]
    public async Task Learning_keys_that_read_alike_have_rows_of_their_own_either_way(string first, string second)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var grouped = await StartAsync(database, Grouped);
        await using var adonet = await StartAsync(database, AdoNet);
        var (one, other) = (GrainId.Create("learningkey", first), GrainId.Create("learningkey", second));
        await StorageOf(grouped).WriteStateAsync(LearningKeyStorage.State, one, new GrainState<Sheet>(new Sheet { Number = 1 }));
        await StorageOf(adonet).WriteStateAsync(LearningKeyStorage.State, other, new GrainState<Sheet>(new Sheet { Number = 2 }));

        foreach (var silo in (RunningSilo[])[grouped, adonet])
        {
            foreach (var (id, number) in ((GrainId, int)[])[(one, 1), (other, 2)])
            {
                var read = new GrainState<Sheet>(new Sheet());
                await StorageOf(silo).ReadStateAsync(LearningKeyStorage.State, id, read);
                Assert.Equal((number, "1"), (read.State!.Number, read.ETag));
            }
        }

        Assert.Equal(2, await database.ScalarAsync<long>(
            "SELECT count(*) FROM orleans.grain_state WHERE key_text = ANY ($1) AND key_n0 = 0 AND key_n1 = 0", [new[] { first, second }]));
    }

    [Fact]
    public async Task The_setting_chooses_the_way()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var silo = await RunningSilo.StartAsync(database.Address, "silo-1", replace: null);
        Assert.IsType<GroupedGrainStorage>(StorageOf(silo));

        await using var other = await StartAsync(database, AdoNet);
        Assert.IsType<AdoNetGrainStorage>(Assert.IsType<GuardedGrainStorage>(StorageOf(other)).Inner);
    }

    private static async Task CheckAsync(string kind, Gen<StorageStep[][]> rounds, int iterations)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var silo = await StartAsync(database, kind);
        await rounds.SampleAsync(
            steps => new StorageRun(StorageOf(silo), Guid.NewGuid().ToString()).RunAsync(steps),
            iter: iterations,
            threads: 2,
            print: steps => string.Join("\n-- \n", steps.Select(round => string.Join('\n', round.AsEnumerable()))));
    }

    private static Task<RunningSilo> StartAsync(TestDatabase database, string kind) =>
        RunningSilo.StartAsync(database.Address, $"silo-{kind}", replace: null, $"--Atlas:Silo:GrainStorage={kind}");

    private static IGrainStorage StorageOf(RunningSilo silo) =>
        silo.Services.GetRequiredKeyedService<IGrainStorage>(LearningKeyStorage.Name);

    // What JSON in PostgreSQL cannot hold is taken out on the way, and would differ from the model.
    private static string Storable(string text) =>
        string.Concat(text.Where(character => character != '\0' && !char.IsSurrogate(character)));
}
