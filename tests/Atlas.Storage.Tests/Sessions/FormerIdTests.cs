using Atlas.Storage.Sessions;
using Xunit;

namespace Atlas.Storage.Tests.Sessions;

public sealed class FormerIdTests
{
    [Fact]
    public async Task Starting_with_a_former_id_gives_the_session_that_was_imported_from_the_same_record()
    {
        await using var room = await SessionRoom.OpenAsync();
        var request = new NewSession
        {
            Task = "a task", LearningKey = "key", ExternalId = "old", MetadataJson = """{"import":{"trace_id":"t1"},"tags":["x"]}""",
        };
        var earlier = await room.Store.StartAsync(request);
        var named = request with { ExternalId = "new 1", FormerExternalId = "old", MetadataJson = """{"import": {"trace_id": "t1"}}""" };

        var same = await room.Store.StartAsync(named);
        var other = await room.Store.StartAsync(named with { ExternalId = "new 2", MetadataJson = """{"import":{"trace_id":"t2"}}""" });
        var plain = await room.Store.StartAsync(named with { ExternalId = "new 3", MetadataJson = null });

        Assert.Equal((earlier.Id, false), (same.Id, same.WasNew));
        Assert.Equal((true, true), (other.WasNew, plain.WasNew));
    }
}
