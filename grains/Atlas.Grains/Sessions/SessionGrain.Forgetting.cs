namespace Atlas.Grains.Sessions;

internal sealed partial class SessionGrain
{
    public Task Forget()
    {
        (_session, _digest) = (null, null);
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
