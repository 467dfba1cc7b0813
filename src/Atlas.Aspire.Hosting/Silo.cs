using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Atlas;

/// <summary>A silo in the application model, in whatever form it runs.</summary>
internal abstract class Silo
{
    public abstract IResourceWithEndpoints Resource { get; }

    public abstract void Environment(Action<EnvironmentCallbackContext> callback);

    public abstract void WaitFor(IResourceBuilder<IResource> other);

    public abstract void Belongs(IResource cluster);

    public abstract void Replicate(int replicas);

    public static Silo Of<T>(IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints, IResourceWithEnvironment, IResourceWithWaitSupport => new Typed<T>(builder);

    private sealed class Typed<T>(IResourceBuilder<T> builder) : Silo
        where T : IResourceWithEndpoints, IResourceWithEnvironment, IResourceWithWaitSupport
    {
        public override IResourceWithEndpoints Resource => builder.Resource;

        public override void Environment(Action<EnvironmentCallbackContext> callback) => builder.WithEnvironment(callback);

        public override void WaitFor(IResourceBuilder<IResource> other) => builder.WaitFor(other);

        public override void Belongs(IResource cluster) => builder.WithParentRelationship(cluster);

        public override void Replicate(int replicas) =>
            builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }
}
