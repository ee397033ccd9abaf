// What is measured here is the whole process: its garbage collector, and its threads on few cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
